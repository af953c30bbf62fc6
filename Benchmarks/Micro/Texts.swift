import Foundation
import Intake
import Suggestions
import Text

/// The texts everything is measured on: bodies, once as bytes and once folded, and the documents they stand in.
final class Texts {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var bytes: [UInt8] = []
  private(set) var ranges: [Range<Int>] = []
  private(set) var folded = FoldedText(capacity: 1 << 20)
  private(set) var foldedRanges: [Range<Int>] = []
  let jsonLines: [UInt8]
  /// Form profile of the JSON Lines.
  let profile: String
  /// The same records as XML; nil for texts from a file.
  let xml: [UInt8]?

  var count: Int { ranges.count }
  var byteCount: Int { bytes.count }

  convenience init(records: Int, seed: UInt64) throws {
    let xml = Texts.document(records, seed, .xml)
    try self.init(Texts.document(records, seed, .jsonLines), profile: "dezhihui-json", xml: xml)
    guard count == records else { throw Failure(description: "read \(count) of \(records) records") }
  }

  /// The first records of a JSON Lines file.
  convenience init(file: String, profile: String, records: Int) throws {
    let lines = try Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe)
    var end = lines.startIndex
    for _ in 0..<records {
      guard let next = lines[end...].firstIndex(of: 0x0A) else { break }
      end = next + 1
    }
    try self.init(Array(lines[..<end]), profile: profile, xml: nil)
    guard count >= 1000 else { throw Failure(description: "\(file): fewer than 1000 records") }
  }

  private init(_ jsonLines: [UInt8], profile: String, xml: [UInt8]?) throws {
    self.jsonLines = jsonLines
    self.profile = profile
    self.xml = xml
    _ = try Texts.read(jsonLines, profile: profile) { draft, arena in
      let body = arena.bytes(draft[.body])
      ranges.append(bytes.count..<bytes.count + body.count)
      bytes.append(contentsOf: body)
    }
    for index in ranges.indices {
      let range = body(index) { folded.fold($0) }
      foldedRanges.append(range)
    }
  }

  private static func document(_ records: Int, _ seed: UInt64, _ format: CorpusGenerator.Format) -> [UInt8] {
    var generator = CorpusGenerator(seed: seed)
    var document: [UInt8] = []
    generator.write(records: records, format: format) { document.append(contentsOf: $0) }
    return document
  }

  func body<Value>(_ index: Int, _ use: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
    try bytes.withUnsafeBufferPointer { try use(UnsafeBufferPointer(rebasing: $0[ranges[index]])) }
  }

  /// Scalars of a folded body; valid as long as this object.
  func scalars(_ index: Int) -> UnsafeBufferPointer<UInt32> { folded[foldedRanges[index]] }

  // MARK: Files of the project

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func profile(_ name: String) throws -> FormProfile {
    let file = root.appendingPathComponent("rules/profiles/\(name).yaml")
    return try FormProfile(yaml: Array(Data(contentsOf: file)), file: "\(name).yaml")
  }

  /// Reads a document in chunks of 256 KiB, as from a file; returns how many drafts there were.
  static func read(
    _ document: [UInt8], profile: String, _ visit: (Draft, borrowing Arena) -> Void
  ) throws -> Int {
    let reader = RecordReader(profile: try Texts.profile(profile), sourceOverride: nil)
    var count = 0
    var setAside = 0
    func take(_ batch: borrowing DraftBatch) {
      for draft in batch.drafts { visit(draft, batch.arena) }
      count += batch.drafts.count
      setAside += batch.setAside.count
    }
    var batch = DraftBatch()
    document.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let end = min(offset + 256 << 10, bytes.count)
        reader.feed(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]), into: &batch)
        offset = end
        if batch.isFull {
          take(batch)
          batch = DraftBatch()
        }
      }
      reader.finish(into: &batch)
    }
    take(batch)
    guard setAside == 0 else { throw Failure(description: "\(setAside) records set aside") }
    return count
  }
}
