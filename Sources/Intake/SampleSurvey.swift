internal import Suggestions

/// What a sample of a form nobody described yet holds: where its records stand, what their values are called, and how
/// its dates are written. Values are read by the readers themselves, so that they are what an intake would get.
package struct SampleSurvey {
  package struct Place: Sendable, Hashable {
    /// As a profile writes it: `/suggestions/suggestion`, `items`, nothing for the top level of JSON.
    package var path: String
    /// Records the beginning of the sample shows there.
    package var records: Int
  }

  /// Values of one path, in the order of their records; records without one are left out.
  package struct Column: Sendable, Hashable {
    package var path: String
    package var values: [String]
  }

  package let format: IntakeFormat
  /// The likeliest first.
  package let places: [Place]
  private let bytes: [UInt8]
  private let xml: XMLOutline?
  private let json: (document: JSONOutline?, lines: [JSONOutline])

  private static let mostPlaces = 8
  private static let mostPaths = 200

  /// Nil where the sample is neither XML nor JSON, or no records show in its beginning.
  package init?(_ sample: [UInt8]) {
    bytes = sample
    let head = sample.prefix(FormatDetection.prefixBytes)
    let shown = Array(head.starts(with: ByteOrder.mark) ? head.dropFirst(3) : head)
    let content = FileSample(bytes: shown)
    if let outline = content.xmlOutline {
      (format, xml, json) = (.xml, outline, (nil, []))
      places = outline.places.prefix(SampleSurvey.mostPlaces).map {
        Place(path: "/" + $0.path.joined(separator: "/"), records: $0.count)
      }
    } else if let outlines = content.jsonOutlines {
      let isLines = outlines.lines.count > 1 && SampleSurvey.isWholeValue(shown.split(separator: 0x0A).first ?? [])
      (format, xml, json) = (.json, nil, isLines ? (nil, outlines.lines) : (outlines.document, []))
      places =
        isLines
        ? [Place(path: "", records: outlines.lines.count)]
        : Array(SampleSurvey.places(outlines.document).prefix(SampleSurvey.mostPlaces))
    } else {
      return nil
    }
    if places.isEmpty { return nil }
  }

  /// In JSON Lines the first line is a value by itself; the first of a document that is laid out in lines is not.
  private static func isWholeValue(_ line: some Collection<UInt8>) -> Bool {
    JSONOutline.withScanner(line, limits: .standard) { scanner in
      scanner.skipSpace()
      guard scanner.cursor < scanner.end, scanner.value(depth: 0) else { return false }
      scanner.skipSpace()
      return scanner.cursor == scanner.end
    }
  }

  private static func places(_ document: JSONOutline?) -> [Place] {
    var found: [Place] = []
    func look(_ value: JSONOutline, _ path: String, _ depth: Int) {
      let records = value.elements.count { $0.kind == .object }
      if records > 0 { found.append(Place(path: path, records: records)) }
      guard depth < 3 else { return }
      for (key, inner) in value.members where !key.isEmpty && !key.contains(".") {
        look(inner, path.isEmpty ? key : path + "." + key, depth + 1)
      }
    }
    guard let value = document else { return [] }
    look(value, "", 0)
    if value.kind == .object { found.append(Place(path: "", records: 1)) }
    // The sort keeps the order of the document among equals.
    return found.enumerated().sorted { ($1.element.records, $0.offset) < ($0.element.records, $1.offset) }
      .map(\.element)
  }

  /// What the records at a place hold, by path.
  ///
  /// - Parameter limit: records looked at.
  package func columns(at place: String, records limit: Int = 200) -> [Column] {
    let paths = paths(at: place).sorted().prefix(SampleSurvey.mostPaths)
    let fields = Field.allCases.filter { $0 != .submittedAt }
    var columns: [Column] = []
    var rest = Array(paths)
    while !rest.isEmpty {
      let part = rest.prefix(fields.count)
      rest.removeFirst(part.count)
      let mappings = zip(fields, part).compactMap { field, path in
        FieldPath(path, format: format).map {
          FieldMapping(field: field, paths: [$0], fallback: nil, values: [])
        }
      }
      columns += read(mappings, at: place, limit)
    }
    return columns
  }

  /// Those that hold values; a group whose members have values is none.
  private func paths(at place: String) -> Set<String> {
    var names: Set<String> = []
    let separator = format == .xml ? "/" : "."
    if let xml {
      for record in xml.records(place.split(separator: "/").map(String.init)) { names.formUnion(record) }
    } else {
      for record in records(at: place) { names.formUnion(FileSample.names(record)) }
    }
    return names.filter { name in
      !names.contains { $0.hasPrefix(name + separator) && !$0.hasPrefix(name + "/@") }
    }
  }

  private func records(at place: String) -> [JSONOutline] {
    if place.isEmpty {
      let document = json.document
      guard let document else { return json.lines }
      return document.kind == .array ? document.elements.filter { $0.kind == .object } : [document]
    }
    let value = json.document?.value(at: place.split(separator: ".").map(String.init))
    return value.map { $0.kind == .object ? [$0] : $0.elements.filter { $0.kind == .object } } ?? []
  }

  private func read(_ mappings: [FieldMapping], at place: String, _ limit: Int) -> [Column] {
    guard let zone = DateZone("Asia/Shanghai") else { return [] }
    let steps = place.split(separator: format == .xml ? "/" : ".").map(String.init)
    let profile = FormProfile(
      name: "sample", title: "", titleEnglish: "", format: format, source: "sample", places: [steps],
      mappings: mappings, channel: nil, zone: zone, dates: [], required: [], volatile: [], isDetected: false)
    let reader = RecordReader(profile: profile, sourceOverride: nil)
    var batch = DraftBatch()
    bytes.withUnsafeBytes { reader.feed($0, into: &batch) }
    reader.finish(into: &batch)
    return mappings.compactMap { mapping in
      var values: [String] = []
      for draft in batch.drafts.prefix(limit) where draft[mapping.field].isPresent && !draft[mapping.field].isEmpty {
        values.append(batch.arena.string(draft[mapping.field]))
      }
      return mapping.paths.first.map { Column(path: $0.text, values: values) }
    }
  }

  /// Ways of writing a date that read all of some values; the strictest first, at most one that says the same.
  package static func datePatterns(reading values: [String]) -> [String] {
    guard !values.isEmpty, let zone = DateZone("Asia/Shanghai") else { return [] }
    return [
      "yyyy-MM-dd'T'HH:mm:ssXXX", "yyyy-MM-dd'T'HH:mm:ss.SXXX", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss",
      "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy/M/d H:m:s", "yyyy/M/d H:m", "yyyy/M/d", "yyyy-M-d H:m:s", "yyyy-M-d",
      "yyyy年M月d日 H:m:s", "yyyy年M月d日 H:m", "yyyy年M月d日", "yyyy.M.d H:m", "yyyy.M.d", "yyyyMMddHHmmss",
    ].filter { text in
      guard let pattern = DatePattern(text) else { return false }
      return values.allSatisfy { value in
        Array(value.utf8).withUnsafeBufferPointer { pattern.instant($0, zone: zone) } != nil
      }
    }.prefix(1).map { $0 }
  }
}
