internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A folder nobody else may look into, gone with the object.
final class WorkFolder {
  let path: String

  init() throws(PrintingFault) {
    let start = FileManager.default.temporaryDirectory.appendingPathComponent("golden-ideas-print-XXXXXX").path
    var name = Array(start.utf8CString)
    guard mkdtemp(&name) != nil else { throw .folder(errno) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// The same as a `file:` address.
  func address(_ name: String) -> String { URL(fileURLWithPath: path(name)).absoluteString }

  /// - Returns: the file's path.
  @discardableResult
  func write(_ bytes: [UInt8], as name: String) throws(PrintingFault) -> String {
    let file = path(name)
    guard FileManager.default.createFile(atPath: file, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    else { throw .folder(errno) }
    return file
  }

  /// Nil where there is no such file.
  func bytes(of name: String) -> [UInt8]? { FileManager.default.contents(atPath: path(name)).map { Array($0) } }
}
