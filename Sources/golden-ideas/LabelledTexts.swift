import Evaluation
import Foundation
import Rules

/// A labelled file, with faults said in words.
struct LabelledTexts {
  private let path: String
  private let common: CommonOptions
  let lines: [LabelledLine]

  /// The file without its folder.
  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  init(_ path: String, _ common: CommonOptions) throws {
    self.path = path
    self.common = common
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Outcome.notStarted(common.messages("读不到文件：\(path)", "cannot read \(path)"))
    }
    do throws(LabelledFault) {
      lines = try LabelledFile.lines(Array(bytes))
    } catch {
      throw Outcome.notStarted(common.messages.labelled(error, path: path))
    }
  }

  func texts(_ book: RuleBook) throws -> [LabelledText] {
    let first = book.topics.indices.filter { book.topics[$0].level == 1 }
    return try lines.map { line in
      let body = try required("text", line)
      let name = try required("topic", line)
      guard let topic = first.first(where: { book.topics[$0].name == name || book.topics[$0].code == name }) else {
        throw fault(.unknownTopic(line: line.number))
      }
      return LabelledText(id: line.id, title: line.text("title") ?? "", body: body, topic: topic)
    }
  }

  func required(_ key: String, _ line: LabelledLine) throws -> String {
    guard let text = line.text(key) else { throw fault(.missing(key: key, line: line.number)) }
    return text
  }

  func spans(_ line: LabelledLine, within count: Int) throws -> [(start: Int, end: Int, kind: String)] {
    guard case .spans(let spans)? = line.fields["spans"] else { throw fault(.missing(key: "spans", line: line.number)) }
    guard spans.allSatisfy({ $0.end <= count }) else { throw fault(.badSpan(line: line.number)) }
    return spans
  }

  private func fault(_ fault: LabelledFault) -> Outcome {
    .notStarted(common.messages.labelled(fault, path: path))
  }
}
