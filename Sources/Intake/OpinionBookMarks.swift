/// The marks of a transcript: 〓 or □ one illegible character each, `[?字]` unclear, `[…n]` or `[...n]` a gap of n
/// characters, `{-struck out-}`, `{+inserted+}`.
package enum OpinionBookMarks {
  /// Something that is no mark, and which character of the text it is.
  package struct Fault: Error, Hashable {
    var rule: String
    /// Index of the character (scalar), from 0.
    package var at: Int
  }

  /// The first fault of a text, or nil.
  package static func check(_ text: String) -> Fault? {
    let scalars = Array(text.unicodeScalars)
    var at = 0
    /// Sign and place of the brace still open.
    var brace: (sign: Unicode.Scalar, at: Int)?
    while at < scalars.count {
      switch scalars[at] {
      case "[":
        guard let end = bracket(scalars, at) else { return Fault(rule: "[?字] or […n]", at: at) }
        at = end
      case "]": return Fault(rule: "[ before ]", at: at)
      case "{":
        guard brace == nil, at + 1 < scalars.count, scalars[at + 1] == "-" || scalars[at + 1] == "+" else {
          return Fault(rule: "{-…-} or {+…+}", at: at)
        }
        brace = (scalars[at + 1], at)
        at += 2
      case "-", "+":
        if let open = brace, at + 1 < scalars.count, scalars[at + 1] == "}" {
          guard open.sign == scalars[at], at > open.at + 2 else { return Fault(rule: "{-…-} or {+…+}", at: open.at) }
          brace = nil
          at += 2
        } else {
          at += 1
        }
      case "}": return Fault(rule: "{- or {+ before }", at: at)
      default: at += 1
      }
    }
    return brace.map { Fault(rule: "{-…-} or {+…+}", at: $0.at) }
  }

  /// Index behind a bracketed mark.
  private static func bracket(_ scalars: [Unicode.Scalar], _ from: Int) -> Int? {
    guard let close = scalars[from...].firstIndex(of: "]"), close > from + 2 else { return nil }
    var inside = scalars[(from + 1)..<close]
    if inside.first == "?" || inside.first == "？" {
      inside = inside.dropFirst()
      return inside.contains { $0 == "[" || $0 == "{" || $0 == "}" || $0 == "\n" } ? nil : close + 1
    }
    if inside.first == "…" {
      inside = inside.drop { $0 == "…" }
    } else if inside.starts(with: "...".unicodeScalars) {
      inside = inside.dropFirst(3)
    } else {
      return nil
    }
    let isNumber = !inside.isEmpty && inside.count <= 4 && inside.allSatisfy { ("0"..."9").contains($0) }
    return isNumber && inside.first != "0" ? close + 1 : nil
  }
}
