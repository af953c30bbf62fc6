import ArgumentParser
import Evaluation
import Foundation
import Rules
import Stages
import Suggestions

extension EvalCommand {
  struct Duplicates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "duplicates",
      abstract: "重复与同一件事找得准不准 / repetitions found, and the same matter against pairs people made")
    @OptionGroup var common: CommonOptions
    @OptionGroup var report: ReportOption
    @Option(help: "JSON Lines：id title text") var messages: String
    @Option(help: "CSV：id_a,id_b，人认为是同一件事的 / pairs people put together") var pairs: String?
    @Option(help: "重复关系另写成 CSV / links as CSV: id_a,id_b,kind,score,differs") var links: String?
    @Option(help: "每条的候选另写成 CSV / candidates of every message as CSV: id,rank,candidate,score") var candidates: String?
    @Flag(help: "与全部两两精确相似度核对（一万条以内）/ against the exact similarity of all pairs, up to some 10,000")
    var oracle = false

    func run() throws {
      let file = try report.file(common)
      let book = try common.loadBook()
      let labelled = try LabelledTexts(messages, common)
      let texts = try labelled.lines.map { line in
        DuplicateEvaluation.Message(
          id: line.id, title: line.text("title") ?? "", text: try labelled.required("text", line))
      }
      let pairs = try pairs.map { try MessagePairs($0, of: texts, common) }
      var evaluation = DuplicateEvaluation(texts, by: book, asOf: LocalTime.now)
      let result = DuplicateFigures(
        book: book.version, texts: texts, counts: evaluation.counts,
        sameMatter: pairs.map { evaluation.sameMatter($0.numbers) }, agreement: oracle ? evaluation.agreement() : nil)
      if let links { try write(links, evaluation.links.map { link(texts, $0) }, heading: "id_a,id_b,kind,score,differs") }
      if let candidates {
        var rows: [String] = []
        evaluation.candidates(for: texts.indices) { message, found in
          for (rank, one) in found.enumerated() {
            rows.append(
              [
                CSVCell.of(texts[message].id), String(rank + 1), CSVCell.of(texts[one.message].id),
                SameMatterWords.decimal(one.score),
              ].joined(separator: ","))
          }
        }
        try write(candidates, rows, heading: "id,rank,candidate,score")
      }
      let screen = DuplicateScreen(result, common)
      print(common.json ? screen.json : screen.words, terminator: "")
      try file?.write(DuplicateReport(result, file: labelled.name, common).markup)
    }

    private func link(_ texts: [DuplicateEvaluation.Message], _ link: DuplicateEvaluation.Link) -> String {
      [
        CSVCell.of(texts[link.leader].id), CSVCell.of(texts[link.message].id), link.kind.code,
        decimal(Double(link.score) / 1000, 3), link.differs.code,
      ].joined(separator: ",")
    }

    private func write(_ path: String, _ rows: [String], heading: String) throws {
      let text = ([heading] + rows).joined(separator: "\n") + "\n"
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw Outcome.notStarted(
          common.messages("写不了 \(path)。请检查目录和权限。", "cannot write \(path). Check its folder and permissions."))
      }
    }
  }
}

/// A cell of a CSV file (RFC 4180).
enum CSVCell {
  static func of(_ text: String) -> String {
    text.contains { ",\"\n\r".contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

/// Pairs of a file as numbers of messages, with faults said in words.
struct MessagePairs {
  let numbers: [(Int, Int)]

  init(_ path: String, of messages: [DuplicateEvaluation.Message], _ common: CommonOptions) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Outcome.notStarted(common.messages("读不到文件：\(path)", "cannot read \(path)"))
    }
    let rows: [PairFile.Row]
    do throws(LabelledFault) {
      rows = try PairFile.rows(Array(bytes))
    } catch {
      throw Outcome.notStarted(common.messages.labelled(error, path: path))
    }
    let known = Dictionary(messages.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    numbers = try rows.map { row in
      guard let first = known[row.first], let second = known[row.second] else {
        throw Outcome.notStarted(
          common.messages(
            "\(path):\(row.line): 编号不在 --messages 的文件里", "\(path):\(row.line): an id is not in the file of --messages"))
      }
      return (first, second)
    }
  }
}

/// What `eval duplicates` found.
struct DuplicateFigures {
  var book: String
  var texts: [DuplicateEvaluation.Message]
  var counts: [(kind: DuplicateKind, count: Int)]
  /// nil without pairs.
  var sameMatter: DuplicateEvaluation.SameMatter?
  /// nil without the oracle.
  var agreement: DuplicateEvaluation.Agreement?
}
