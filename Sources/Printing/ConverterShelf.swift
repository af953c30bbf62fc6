internal import Foundation

/// The converters of this machine: named by their variables, else the first of their names on the path.
package struct ConverterShelf: Sendable {
  private let environment: [String: String]

  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
  }

  /// The program's file; nil where there is none. A variable that names nothing is a fault, for somebody meant it.
  package func path(of converter: Converter) throws(PrintingFault) -> String? {
    if let named = environment[converter.variable], !named.isEmpty {
      guard ConverterShelf.isProgram(named) else { throw .misnamed(converter) }
      return named
    }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
    for name in converter.names {
      if let folder = folders.first(where: { ConverterShelf.isProgram("\($0)/\(name)") }) { return "\(folder)/\(name)" }
    }
    return nil
  }

  func required(_ converter: Converter) throws(PrintingFault) -> String {
    guard let path = try path(of: converter) else { throw .absent([converter]) }
    return path
  }

  /// What a child may know of its surroundings: where programs are, and nothing of ours. Everything it keeps it keeps
  /// in its folder.
  ///
  /// - Parameter instant: seconds since 1970 that makers of documents write down as now (reproducible-builds.org).
  func surroundings(in folder: String, instant: Int64 = 0) -> [String: String] {
    [
      "PATH": environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder, "TMPDIR": folder, "XDG_CONFIG_HOME": folder,
      "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder, "XDG_RUNTIME_DIR": folder, "LANG": "C.UTF-8",
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": String(instant),
      // Nobody is there to ask, and no way out: the discard port of this machine.
      "DBUS_SESSION_BUS_ADDRESS": "disabled:", "DBUS_SYSTEM_BUS_ADDRESS": "disabled:",
      "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9",
    ]
  }

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
