import Intake
import Stages
import Suggestions

/// The first part of the pipeline: reads the files one after the other and cuts their records into numbered batches.
struct FileFeed {
  let plan: IntakePlan
  let permits: Permits

  /// Calls `deliver` for each batch in order. Stops early, without error, when the permits are cancelled.
  func run(_ deliver: (Parcel<Drafted>, Int) -> Void) throws(IntakeRunFault) {
    var number = 0
    for (index, file) in plan.files.enumerated() {
      guard let bytes = ByteReader(path: file.path) else {
        throw .unreadable(file: file.name, reason: "cannot be opened")
      }
      let reader = RecordReader(profile: file.profile, sourceOverride: plan.source)
      var isFirst = true
      var atEnd = false
      while !atEnd {
        guard permits.acquire() else { return }
        var drafts = DraftBatch()
        while !drafts.isFull {
          guard let block = bytes.next() else { throw .unreadable(file: file.name, reason: "cannot be read") }
          if block.isEmpty {
            reader.finish(into: &drafts)
            atEnd = true
            break
          }
          reader.feed(block, into: &drafts)
        }
        let origin = Origin(
          file: index, name: file.name, profile: file.profile.name, source: reader.source,
          custody: reader.custody, endOffset: drafts.endOffset, fileBytes: file.size, isFirst: isFirst, isLast: atEnd)
        let header = BatchHeader(
          source: reader.source, defaultChannel: FileFeed.channel(of: file.profile), asOf: plan.asOf, number: number,
          volatile: file.profile.volatile)
        deliver(Parcel(Batch(consume drafts, header: header), origin: origin), number)
        number += 1
        isFirst = false
      }
    }
  }

  private static func channel(of profile: FormProfile) -> Channel {
    Channel.allCases.first { $0.code == profile.channel } ?? .other
  }
}
