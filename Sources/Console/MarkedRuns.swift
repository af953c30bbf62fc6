internal import Store

/// A citizen's text cut into runs for a page: what a rule found, what was cut out, what nobody would see.
enum MarkedRuns {
  /// - Parameters:
  ///   - evidence: spans in Unicode scalars of `text`, each with its rule.
  ///   - stretches: what else is to be marked, as where two texts differ.
  static func runs(
    of text: String, evidence: [VerdictDetail.Evidence] = [], stretches: [Range<Int>] = []
  ) -> PageValue {
    let scalars = Array(text.unicodeScalars)
    var kinds = [Kind](repeating: .plain, count: scalars.count)
    for stretch in stretches { fill(&kinds, stretch, .differs) }
    for found in evidence { fill(&kinds, found.start..<found.start + found.count, .hit(found.rule)) }
    for stretch in cuts(scalars) { fill(&kinds, stretch, .cut) }
    for place in scalars.indices where isHidden(scalars, place) { kinds[place] = .hidden }
    var runs: [PageValue] = []
    var start = 0
    while start < scalars.count {
      var end = start + 1
      while end < scalars.count, kinds[end] == kinds[start], kinds[start] != .hidden { end += 1 }
      runs.append(run(kinds[start], scalars[start..<end]))
      start = end
    }
    return .list(runs)
  }

  private enum Kind: Equatable {
    case plain, cut, hidden, differs
    case hit(String)
  }

  private static func fill(_ kinds: inout [Kind], _ range: Range<Int>, _ kind: Kind) {
    for place in range.clamped(to: 0..<kinds.count) { kinds[place] = kind }
  }

  private static func run(_ kind: Kind, _ scalars: ArraySlice<Unicode.Scalar>) -> PageValue {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    var run: [String: PageValue] = [
      "plain": false, "cut": false, "hidden": false, "differs": false, "hit": false, "text": .text(String(text)),
    ]
    switch kind {
    case .plain: run["plain"] = true
    case .cut: run["cut"] = true
    case .differs: run["differs"] = true
    case .hit(let rule):
      run["hit"] = true
      run["rule"] = .text(rule)
      run["address"] = .text("/rules/" + FormFields.encoded(rule))
    case .hidden:
      run["hidden"] = true
      let digits = String(scalars.first?.value ?? 0, radix: 16, uppercase: true)
      run["text"] = .text("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }
    return .object(run)
  }

  /// 〔手机号〕 and its like: placeholders of what was cut out.
  private static func cuts(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var open: Int?
    for (place, scalar) in scalars.enumerated() {
      if scalar == "〔" { open = place }
      if scalar == "〕", let start = open {
        // The longest placeholder there is has six characters.
        if place - start <= 8 { found.append(start..<place + 1) }
        open = nil
      }
    }
    return found
  }

  /// Characters without a shape that change what is read: zero widths, turns of direction, soft hyphens, tags. The joiner
  /// inside an emoji is part of it.
  private static func isHidden(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
    let scalar = scalars[place]
    guard scalar.properties.generalCategory == .format || scalar == "\u{FEFF}" || scalar == "\u{2028}" || scalar == "\u{2029}"
    else { return false }
    if scalar == "\u{200D}", place > 0, place + 1 < scalars.count {
      return !(isPictorial(scalars[place - 1]) && isPictorial(scalars[place + 1]))
    }
    return true
  }

  private static func isPictorial(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmoji || scalar == "\u{FE0F}" || scalar.properties.isEmojiModifier
  }
}
