import Rules
import Stages
import Store
import Suggestions
import Text

/// The bytes of a ``VerdictRecord``, straight from a batch: no list is made on the way.
struct VerdictPacking: ~Copyable {
  private(set) var bytes = PackedWriter()

  /// A text that sets off more is no clearer for it.
  private static let mostEvidence = 64

  mutating func pack(_ row: Row, _ columns: BatchColumns, _ numbers: BookCodes) {
    bytes.removeAll()
    bytes.number(Int(row.topicScore))
    bytes.number(Int(row.runnerUp))
    bytes.number(numbers.routes[row.route])
    bytes.number(numbers.ambiguous[row.asked])
    bytes.number(Int(row.flags))
    bytes.number(Int(row.cuts))
    bytes.number(row.coHandlers.count)
    for department in row.coHandlers { bytes.number(numbers.departments[Int32(department)]) }
    let first = Int(row.evidence.lowerBound)
    let evidence = first..<min(Int(row.evidence.upperBound), first + VerdictPacking.mostEvidence)
    bytes.number(evidence.count)
    let title = columns.drafts.arena.bytes(row.title)
    let body = columns.drafts.arena.bytes(row.body)
    for index in evidence {
      let span = columns.evidence[index]
      let first = row.foldedStart + Int(span.start)
      let last = row.foldedStart + Int(span.end) - 1
      let inTitle = last < row.foldedBody - 1
      let from = Int(columns.folded.sources[first])
      let end = Int(columns.folded.sources[last])
      let lead = inTitle ? title[end] : body[end]
      let to = end + (lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4)
      bytes.number(numbers.rules[Int32(bitPattern: span.rule)] << 1 | (inTitle ? 1 : 0))
      bytes.number(from)
      bytes.number(to - from)
    }
    row.certainty.write(to: &bytes)
    let further = row.furtherTopics
    bytes.number(further.indices.count { further[$0] >= 0 })
    for place in further.indices where further[place] >= 0 { bytes.number(numbers.topics[further[place]]) }
  }
}
