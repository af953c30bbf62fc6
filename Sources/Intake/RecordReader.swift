package import Suggestions

/// Reads one file: bytes in, drafts and set-asides out, in constant memory whatever the file's size.
///
/// Never throws: a fault is a set-aside. After a fault that ends the reading (`isRefused`) go on feeding, or not: what
/// follows is counted, and its beginning kept, for the one entry that ``finish(into:)`` hands over.
/// The result does not depend on where the chunks are cut. One thread at a time.
package final class RecordReader {
  private let reading: any RecordReading
  private let defaultSource: String
  private let sourceOverride: String?

  package init(profile: FormProfile, sourceOverride: String?, limits: IntakeLimits = .standard) {
    defaultSource = profile.source
    self.sourceOverride = sourceOverride
    switch profile.format {
    case .json: reading = JSONRecordReader(profile: profile, limits: limits)
    case .xml: reading = XMLRecordReader(profile: profile, limits: limits)
    case .opinionBook: reading = OpinionBookReader(profile: profile, limits: limits)
    }
  }

  package func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout DraftBatch) {
    guard bytes.count > 0 else { return }
    reading.feed(bytes.assumingMemoryBound(to: UInt8.self), into: &batch)
  }

  /// End of the file. A document that is not complete leaves one set-aside for its tail.
  package func finish(into batch: inout DraftBatch) {
    reading.finish(into: &batch)
  }

  /// The source of the file's records. An opinion book says it in its head: ask after the first record.
  package var source: String { sourceOverride ?? reading.namedSource ?? defaultSource }

  /// When the book that is read was where; nil for everything that is no opinion book. Ask after the first record.
  package var custody: BookCustody? { reading.custody }

  /// Whether reading has ended before the file.
  package var isRefused: Bool { reading.isRefused }

  /// Drafts and set-asides handed over so far.
  package var recordsSeen: Int { reading.recordsSeen }
}
