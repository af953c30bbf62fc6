/// The names in a file's beginning: elements and attributes of an XML file, keys of a JSON file, per record.
struct FileSample {
  private enum Content {
    case xml(XMLOutline)
    /// Values that may be the whole document, one of its lines, and so on.
    case json(document: JSONOutline?, lines: [JSONOutline])
    case book
    case other
  }

  private let content: Content

  /// - Parameter bytes: the beginning, without a byte order mark.
  init(bytes: [UInt8]) {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    let firstLine = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first {
      $0.first != UInt8(ascii: "#") && !$0.allSatisfy(isSpace)
    }
    guard let first = bytes.first(where: { !isSpace($0) }) else {
      content = .other
      return
    }
    if first == UInt8(ascii: "<") {
      content = .xml(XMLOutline(bytes))
      return
    }
    if let firstLine, OpinionBookHead.isTitle(String(decoding: firstLine, as: UTF8.self)) {
      content = .book
      return
    }
    let limits = IntakeLimits.standard
    var document: JSONOutline?
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { document = JSONOutline.of(bytes, limits: limits) }
    var lines: [JSONOutline] = []
    if first != UInt8(ascii: "[") {
      for line in bytes.split(separator: 0x0A) where lines.count < JSONOutline.elementLimit {
        guard line.first(where: { !isSpace($0) }) == UInt8(ascii: "{"), let value = JSONOutline.of(line, limits: limits)
        else { continue }
        lines.append(value)
      }
    }
    content = document == nil && lines.isEmpty ? .other : .json(document: document, lines: lines)
  }

  /// Nil for what is no XML.
  var xmlOutline: XMLOutline? {
    if case .xml(let outline) = content { outline } else { nil }
  }

  /// Nil for what is no JSON.
  var jsonOutlines: (document: JSONOutline?, lines: [JSONOutline])? {
    if case .json(let document, let lines) = content { (document, lines) } else { nil }
  }

  func isWritten(as format: IntakeFormat) -> Bool {
    switch (content, format) {
    case (.xml, .xml), (.json, .json), (.book, .opinionBook): true
    default: false
    }
  }

  /// The records a profile would find here, and what stands at the file's root if its records do not.
  func records(_ profile: FormProfile) -> (records: [FormatDetection.Names], place: String?) {
    switch (content, profile.format) {
    case (.xml(let outline), .xml):
      let places = outline.root.map { root in
        // An empty document of the right root is shown as the profile's own place.
        profile.places.contains { $0.count > 1 && ($0[0] == root || $0[0] == "*") } && !outline.hasInnerElements
          ? FormatDetection.placeName(profile) : "/" + root
      }
      return (profile.places.flatMap { outline.records($0) }, places)
    case (.xml(let outline), _): return ([], outline.root.map { "/" + $0 })
    case (.json(let document, let lines), .json): return json(document, lines, profile)
    case (.json, _): return ([], "JSON")
    case (.book, .opinionBook): return ([], "民意征集本 v1")
    case (.book, _): return ([], "民意征集本")
    case (.other, _): return ([], nil)
    }
  }

  private func json(
    _ document: JSONOutline?, _ lines: [JSONOutline], _ profile: FormProfile
  ) -> (records: [FormatDetection.Names], place: String?) {
    var records: [JSONOutline] = []
    var isEmptyExport = false
    for place in profile.places {
      if place.isEmpty {
        if document?.kind == .array { records += document?.elements.filter { $0.kind == .object } ?? [] }
        if document?.kind == .object, let document { records.append(document) }
        records += lines
      } else if let value = document?.value(at: place) {
        records += value.kind == .object ? [value] : value.elements.filter { $0.kind == .object }
        if value.kind == .array, value.elements.isEmpty { isEmptyExport = true }
      }
    }
    if isEmptyExport, profile.places.contains([]) {
      // Told apart from a record of its own by the place alone; see `fit`.
      return (records.map(FileSample.names), FormatDetection.placeName(profile))
    }
    return (records.map(FileSample.names), document?.kind == .array ? "array" : nil)
  }

  static func names(_ outline: JSONOutline) -> FormatDetection.Names {
    var names: FormatDetection.Names = []
    func add(_ value: JSONOutline, _ path: String, _ depth: Int) {
      for (key, inner) in value.members {
        let name = path.isEmpty ? key : path + "." + key
        // What stands inside a key counts only where it may be mapped.
        if inner.kind == .object, depth < 3 { add(inner, name, depth + 1) }
        names.insert(name)
      }
    }
    add(outline, "", 0)
    return names
  }
}
