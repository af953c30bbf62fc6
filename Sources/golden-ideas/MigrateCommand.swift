import ArgumentParser
import Store

struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "建立存储或升级其结构 / make the store, or bring its schema up to date")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let store = try common.openStore(.create)
    let version = try common.onStore { () throws(StoreFault) in try store.schemaVersion() }
    try? store.close()
    if common.json {
      print("{\"schema\":\(version)}")
    } else {
      print(common.messages("存储结构为第 \(version) 版。", "the store's schema is version \(version)."))
    }
  }
}
