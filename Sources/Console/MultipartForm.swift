/// A form with files in it (RFC 7578), read from bytes.
struct MultipartForm {
  private(set) var fields = FormFields()
  private(set) var files: [UploadedFile] = []

  static func boundary(in type: String) -> String? {
    guard let start = type.firstRange(of: "boundary=")?.upperBound else { return nil }
    let value = type[start...].prefix { $0 != ";" }
    let bare = value.filter { $0 != "\"" && $0 != " " }
    return (1...70).contains(bare.utf8.count) ? String(bare) : nil
  }

  /// What does not follow the form's rules ends it; the parts before it stand.
  init(_ body: [UInt8], boundary: String) {
    let mark = Array(("\r\n--" + boundary).utf8)
    // The first boundary has no line before it.
    let bytes = Array("\r\n".utf8) + body
    var all: [(name: String, value: String)] = []
    guard var start = MultipartForm.find(mark, in: bytes, from: 0).map({ $0 + mark.count }) else { return }
    while let end = MultipartForm.find(mark, in: bytes, from: start) {
      if let part = MultipartForm.part(Array(bytes[start..<end])) {
        if let file = part.file {
          files.append(UploadedFile(field: part.name, name: file, bytes: part.content))
        } else {
          all.append((part.name, String(decoding: part.content, as: UTF8.self)))
        }
      }
      start = end + mark.count
    }
    fields = FormFields(all)
  }

  private static func part(_ bytes: [UInt8]) -> (name: String, file: String?, content: [UInt8])? {
    guard bytes.starts(with: "\r\n".utf8), let blank = find(Array("\r\n\r\n".utf8), in: bytes, from: 0) else { return nil }
    let head = String(decoding: bytes[2..<max(2, blank)], as: UTF8.self)
    guard let line = head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
      let name = parameter("name", in: line)
    else { return nil }
    return (name, parameter("filename", in: line), Array(bytes[(blank + 4)...]))
  }

  /// A quoted value; browsers write a quotation mark in it as %22.
  private static func parameter(_ name: String, in line: Substring) -> String? {
    guard let start = line.firstRange(of: "; \(name)=\"")?.upperBound else { return nil }
    return String(line[start...].prefix { $0 != "\"" }).replacing("%22", with: "\"")
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first, bytes.count >= needle.count, start <= bytes.count - needle.count else { return nil }
    var place = start
    while place <= bytes.count - needle.count {
      if bytes[place] == first, bytes[place..<(place + needle.count)].elementsEqual(needle) { return place }
      place += 1
    }
    return nil
  }
}
