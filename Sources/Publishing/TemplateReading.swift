/// Reads a template's tags before it is ever filled in: every name it uses must be there where it is used.
struct TemplateReading {
  private let files: [String: String]
  /// Ending of the page that is read and of its parts: `.html` or `.md`.
  private let ending: String
  private(set) var problems: [DigestTemplateFault.Problem] = []
  private var path: [String] = []
  private var hasTag = false

  /// - Parameter files: texts by name; `page.html` and the parts it names, `head` for `head.html`.
  init(_ files: [String: String], ending: String) {
    self.files = files
    self.ending = ending
  }

  /// Reads the page, as far as there is one, with what can be named at its top.
  mutating func read(_ names: [String: DigestPlace]) {
    let page = "page" + ending
    guard files[page] != nil else { return note(page, 0, .missingFile) }
    read(page, in: [names])
    if !hasTag { note(page, 1, .sealMissing) }
  }

  private mutating func note(_ file: String, _ line: Int, _ fact: DigestTemplateFault.Fact) {
    let problem = DigestTemplateFault.Problem(file: file, line: line, fact: fact)
    if !problems.contains(problem) { problems.append(problem) }
  }

  private mutating func read(_ file: String, in outer: [[String: DigestPlace]]) {
    guard let text = files[file] else { return }
    path.append(file)
    defer { path.removeLast() }
    var stack = outer
    var sections: [(name: String, line: Int)] = []
    for tag in tags(of: text, file) {
      if !hasTag {
        hasTag = true
        if tag.sigil != "{" || tag.name != "seal" { note(file, tag.line, .sealMissing) }
      }
      switch tag.sigil {
      case "!": continue
      case "#", "^":
        sections.append((tag.name, tag.line))
        let place = find(tag.name, in: stack)
        if place == nil { note(file, tag.line, .unknownName(tag.name)) }
        // Inside what is not there nothing of it can be named.
        stack.append(tag.sigil == "#" ? place?.members ?? [:] : [:])
      case "/":
        guard let open = sections.popLast() else {
          note(file, tag.line, .closesNothing(tag.name))
          continue
        }
        stack.removeLast()
        if open.name != tag.name { note(file, open.line, .unfinishedSection(open.name)) }
      case ">": readPart(tag, of: file, in: stack)
      case "{", "&": check(tag, of: file, in: stack, isRaw: true)
      case nil: check(tag, of: file, in: stack, isRaw: false)
      default: note(file, tag.line, .forbiddenTag(tag.text))
      }
    }
    for open in sections { note(file, open.line, .unfinishedSection(open.name)) }
  }

  private mutating func readPart(_ tag: Tag, of file: String, in stack: [[String: DigestPlace]]) {
    let part = tag.name + ending
    guard files[part] != nil else { return note(file, tag.line, .unknownPart(tag.name)) }
    guard !path.contains(part) else { return note(file, tag.line, .circularPart(tag.name)) }
    read(part, in: stack)
  }

  private mutating func check(_ tag: Tag, of file: String, in stack: [[String: DigestPlace]], isRaw: Bool) {
    switch find(tag.name, in: stack) {
    case .text: if isRaw { note(file, tag.line, .rawText(tag.name)) }
    case .markup: if !isRaw { note(file, tag.line, .escapedMarkup(tag.name)) }
    case .flag, .list, .object, nil: note(file, tag.line, .unknownName(tag.name))
    }
  }

  /// As the engine looks: in the innermost first, then further out; behind dots inside what was found.
  private func find(_ name: String, in stack: [[String: DigestPlace]]) -> DigestPlace? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let names = stack.last(where: { $0[first] != nil }), var place = names[first] else {
      return nil
    }
    for part in parts.dropFirst() {
      guard case .object(let members) = place, let member = members[part] else { return nil }
      place = member
    }
    return place
  }

  // MARK: tags

  private struct Tag {
    /// Nil for a name alone.
    var sigil: Character?
    var name: String
    var text: String
    var line: Int
  }

  private mutating func tags(of text: String, _ file: String) -> [Tag] {
    var tags: [Tag] = []
    var rest = text[...]
    var line = 1
    while let open = rest.firstRange(of: "{{") {
      line += rest[..<open.lowerBound].utf8.count { $0 == 0x0A }
      rest = rest[open.upperBound...]
      let isTriple = rest.first == "{"
      guard let close = rest.firstRange(of: isTriple ? "}}}" : "}}") else {
        note(file, line, .unfinishedTag)
        return tags
      }
      let inside = String(rest[..<close.lowerBound])
      var words = inside.drop(while: \.isWhitespace)
      var sigil: Character?
      if let first = words.first, "#^/>{&!=%$<".contains(first) {
        sigil = first
        words = words.dropFirst().drop(while: \.isWhitespace)
      }
      while words.last?.isWhitespace == true { words.removeLast() }
      tags.append(Tag(sigil: sigil, name: String(words), text: inside, line: line))
      line += inside.utf8.count { $0 == 0x0A }
      rest = rest[close.upperBound...]
    }
    return tags
  }
}
