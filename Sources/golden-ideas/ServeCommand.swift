import ArgumentParser
import Console
import Foundation
import Store
import Suggestions
import Text

/// The console, and everything that has to go on while nobody types.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "打开网页工作台：审核、办理、驿站、总览 / the console: review, desks, stations, overview")

  @OptionGroup var common: CommonOptions
  @OptionGroup var door: DoorOptions

  func run() async throws {
    try await Serving(common: common, door: door, demoUsers: []).run()
  }
}

/// Where the console listens.
struct DoorOptions: ParsableArguments {
  @Option(help: "端口，0 为任意空闲的 / port; 0 for any that is free") var port: Int = 8080
  @Option(help: "地址；本机以外须有证书或在代理之后 / address; other than loopback wants certificates or a proxy") var host: String = "127.0.0.1"
  @Option(help: "证书链 PEM 文件 / certificate chain, PEM") var certificates: String?
  @Option(help: "私钥 PEM 文件 / private key, PEM") var key: String?
  @Flag(help: "在说 HTTPS 的代理之后 / behind a proxy that speaks HTTPS") var behindProxy = false
  @Flag(help: "打开浏览器 / open the browser") var open = false
  @Option(help: ArgumentHelp("收件目录：放进去的表单文件自动收进来，移到其中的 done 或 refused / folder whose form files are taken in and moved to done or refused", valueName: "dir"))
  var watch: String?
  @Option(help: ArgumentHelp("照片目录：表单写的文件名在其中的显示出来 / folder of the photos that forms name", valueName: "dir"))
  var photos: String?

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port 0…65535") }
    guard (certificates == nil) == (key == nil) else {
      throw ValidationError("--certificates 与 --key 要一起给 / --certificates and --key go together")
    }
  }
}

/// Runs the console until the process is told to end.
struct Serving {
  let common: CommonOptions
  let door: DoorOptions
  let demoUsers: [ConsoleSettings.DemoUser]

  func run() async throws {
    let photos = try photoFolder()
    let composition = try ConsoleComposition(common)
    // Made here where it is missing; every later connection finds it.
    try common.openStore(.create).close()
    let database = common.database
    let pool = try common.onStore { () throws(StoreFault) in
      try StorePool(readers: 3) { () throws(StoreFault) in
        try SuggestionStore(url: database, access: .existing, folding: Folding.version)
      }
    }
    var tls: (certificates: String, key: String)?
    if let certificates = door.certificates, let key = door.key { tls = (certificates, key) }
    var console = ConsoleSettings(
      host: door.host, port: door.port, tls: tls, isBehindProxy: door.behindProxy, demoUsers: demoUsers)
    console.photos = photos
    let settings = console
    let premises = try Premises(pool: pool, services: composition.services(), settings: settings)
    let server = ConsoleServer(Reception(premises), settings)
    let workers = try BackgroundWorkers(composition, watching: door.watch)
    // Also where the port is taken: they wait and end.
    defer { workers.end() }
    let (common, door) = (common, door)
    defer { composition.desk.end() }
    do {
      try await server.run { port in
        workers.start()
        let address = "\(settings.tls == nil ? "http" : "https")://\(settings.host):\(port)/"
        if common.json {
          common.printJSON { $0.field("address", address) }
          fflush(nil)
        } else {
          print(common.messages("工作台已打开：\(address)　按 Ctrl-C 结束。", "the console is open at \(address)  Ctrl-C ends it."))
          fflush(nil)
        }
        if door.open { Browser.open(address) }
      }
    } catch let fault as ConsoleServer.Fault {
      throw Outcome.notStarted(common.messages.server(fault))
    } catch {
      throw Outcome.notStarted(common.messages.notListening(settings.host, settings.port))
    }
  }
}

extension Serving {
  private func photoFolder() throws -> PhotoFolder? {
    guard let path = door.photos else { return nil }
    guard let folder = PhotoFolder(path) else { throw Outcome.notStarted(common.messages.noPhotoFolder(path)) }
    return folder
  }
}

/// Shows an address in the browser of whoever started the program.
enum Browser {
  static func open(_ address: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["xdg-open", address]
    process.standardError = FileHandle.nullDevice
    // Nobody's desktop: the address was printed.
    try? process.run()
  }
}

extension Messages {
  func server(_ fault: ConsoleServer.Fault) -> String {
    switch fault {
    case .certificate(let path):
      self("证书或私钥读不了：\(path)。请给 PEM 文件。", "cannot read the certificate or its key: \(path). Give PEM files.")
    case .plainOutside(let host):
      self(
        "\(host) 不是本机，明文会被别人看到。请给 --certificates 与 --key，或放在代理之后（--behind-proxy）。",
        "\(host) is not loopback, and plain HTTP can be read by others. Give --certificates and --key, or stand behind a proxy (--behind-proxy).")
    }
  }

  func noPhotoFolder(_ path: String) -> String {
    self("照片目录 \(path) 不是目录，或打不开。", "the photo folder \(path) is no folder, or cannot be opened.")
  }

  func notListening(_ host: String, _ port: Int) -> String {
    self("\(host):\(port) 打不开，可能已被占用。换一个 --port。", "cannot listen on \(host):\(port); it may be taken. Try another --port.")
  }
}
