import ArgumentParser
import Foundation
import Intake
import Pipeline
import Rules
import Store
import Suggestions
import Text

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "用自造的样本量一遍速度与内存 / speed and memory on a corpus it makes itself")

  @OptionGroup var common: CommonOptions
  @Option(help: "条数 / records") var records = 100_000
  @Option(help: "随机种子，同一种子同样字节 / seed; the same seed gives the same bytes") var seed: UInt64 = 20_250_701
  @Option(help: "线程 / threads") var threads = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))

  @Option(help: "只把样本写成文件（.xml 或 .jsonl），不量 / only write the corpus to a file, by its ending")
  var write: String?

  func validate() throws {
    guard records > 0 else { throw ValidationError("--records > 0") }
  }

  private struct Measure {
    var format: String
    var bytes: Int
    var seconds: Double
    var result: Intaking.Result
    var peakBytes: Int
  }

  func run() throws {
    if let write {
      try corpus(write.hasSuffix(".xml") ? .xml : .jsonLines, to: write)
      return
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("golden-ideas-bench-\(getpid())").path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Outcome.notStarted(common.messages("建不了临时目录 \(folder)。", "cannot make \(folder)."))
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var measures: [Measure] = []
    for format in CorpusGenerator.Format.allCases { measures.append(try measure(format, in: folder)) }
    print(common.json ? json(measures) : table(measures), terminator: "")
  }

  private func measure(_ format: CorpusGenerator.Format, in folder: String) throws -> Measure {
    let name = format == .xml ? "XML" : "JSON Lines"
    let path = folder + (format == .xml ? "/corpus.xml" : "/corpus.jsonl")
    try corpus(format, to: path)
    let bytes = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    var options = common
    options.database = "sqlite:" + path + ".db"
    let result = try Intaking(
      common: options, source: nil, profile: format == .xml ? "dezhihui-xml" : "dezhihui-json", threads: threads,
      isDryRun: false
    ).run([path], command: "bench")
    try? FileManager.default.removeItem(atPath: path)
    return Measure(format: name, bytes: bytes ?? 0, seconds: result.seconds, result: result, peakBytes: PeakMemory.bytes)
  }

  private func corpus(_ format: CorpusGenerator.Format, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
      throw Outcome.notStarted(common.messages("写不了 \(path)。", "cannot write \(path)."))
    }
    var generator = CorpusGenerator(seed: seed)
    try generator.write(records: records, format: format) { try file.write(contentsOf: Data($0)) }
    try file.close()
  }

  private func table(_ measures: [Measure]) -> String {
    let messages = common.messages
    var table = TextTable(
      columns: [(messages("每条微秒（处理器时间）", "µs of CPU a record"), .left)] + measures.map { ($0.format, .right) })
    let labels = [
      "read": messages("读入", "read"), "classify": messages("归一与判定", "normalize, classify"),
      "decide": messages("查重、路由、封存", "duplicates, routing, sealing"), "commit": messages("入库", "store"),
    ]
    for (index, timing) in (measures.first?.result.report.timings ?? []).enumerated() {
      table.add(
        [labels[timing.part] ?? timing.part]
          + measures.map { TextTable.seconds($0.result.report.timings[index].seconds / Double(records) * 1e6) })
    }
    table.add([messages("合计", "sum")] + measures.map { TextTable.seconds(cpu($0) / Double(records) * 1e6) })
    table.add([messages("每秒条数（实际用时）", "records/s, wall")] + measures.map { messages.grouped(Int(Double(records) / $0.seconds)) })
    table.add([messages("文件 MB", "file, MB")] + measures.map { TextTable.seconds(Double($0.bytes) / 1e6) })
    table.add([messages("内存峰值 MB（累计）", "peak memory so far, MB")] + measures.map { String($0.peakBytes >> 20) })
    return table.text + "\n"
  }

  private func cpu(_ measure: Measure) -> Double { measure.result.report.timings.reduce(0) { $0 + $1.seconds } }

  private func json(_ measures: [Measure]) -> String {
    var writer = JSONWriter()
    writer.object { root in
      root.field("records", records)
      root.field("threads", threads)
      root.array("formats") { list in
        for measure in measures {
          list.object { entry in
            entry.field("format", measure.format)
            entry.field("bytes", measure.bytes)
            entry.field("seconds", measure.seconds, decimals: 3)
            entry.field("records_per_second", Int(Double(records) / measure.seconds))
            entry.field("peak_bytes", measure.peakBytes)
            entry.object("us_per_record") { stages in
              for timing in measure.result.report.timings {
                stages.field(timing.part, timing.seconds / Double(records) * 1e6, decimals: 3)
              }
            }
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }
}

/// The most memory this process has held at once, from the kernel's own count.
enum PeakMemory {
  static var bytes: Int {
    // Not getrusage: a process started by another begins with the other's mark.
    if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    {
      return kilobytes * 1024
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) * 1024
  }
}
