import ArgumentParser
import Foundation
import Store
import Suggestions

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "导出 JSON Lines（按来源与外部编号排序）/ JSON Lines by source and external id")

  @OptionGroup var common: CommonOptions
  @Flag(help: "规范导出：内容相同的两个存储给出相同字节 / two stores of the same content give the same bytes")
  var canonical = false
  @Flag(help: "重复关系，TSV / duplicate relations as TSV")
  var duplicates = false
  @Flag(help: "包括敏感通道（受限）/ the sensitive track too, restricted")
  var sensitive = false

  func validate() throws {
    if canonical && duplicates { throw ValidationError("--canonical 与 --duplicates 只能选一个 / choose one") }
  }

  func run() throws {
    let store = try common.openStore(.existing)
    var isBroken = false
    func emit(_ bytes: [UInt8]) {
      // A reader that has gone (head, a closed pipe) ends the export without a fault.
      guard !isBroken else { return }
      isBroken = (try? FileHandle.standardOutput.write(contentsOf: Data(bytes))) == nil
    }
    try common.onStore { () throws(StoreFault) in
      if duplicates {
        try store.exportDuplicates(emit)
      } else if canonical {
        try store.exportCanonical(names: .standard, emit)
      } else {
        try store.exportPlain(
          tracks: sensitive ? [.ordinary, .sensitive] : [.ordinary], order: .externalID, names: .standard, emit)
      }
    }
  }
}
