internal import Dispatch
internal import Foundation

/// A folder of photographs that forms name, each by its file's name. What is in it is shown to whoever may see the case
/// that names it.
package struct PhotoFolder: Sendable {
  /// What a file is by its first bytes, whatever its name says.
  enum Kind: String, Sendable, CaseIterable {
    case jpeg = "image/jpeg"
    case png = "image/png"
    case gif = "image/gif"
    case webP = "image/webp"
    /// Kept, not shown: what a browser would make of it nobody knows.
    case other = "application/octet-stream"

    init(_ beginning: some Collection<UInt8>) {
      let bytes = Array(beginning.prefix(12))
      self =
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
          .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
          .png
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
          .gif
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).elementsEqual("WEBP".utf8) {
          .webP
        } else {
          .other
        }
    }
  }

  private let path: String

  /// The largest file that is shown, in bytes.
  package static let mostBytes = 20 << 20

  /// Nil where there is no such folder.
  package init?(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return nil }
    self.path = path
  }

  /// What a file is; nil where there is none of that name, or none that is shown.
  func kind(of name: String) -> Kind? { bytes(of: name, most: 12).map { Kind($0) } }

  /// On a thread of its own, as disks may be slow.
  func file(_ name: String) async -> (kind: Kind, bytes: [UInt8])? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: bytes(of: name, most: PhotoFolder.mostBytes).map { (Kind($0), $0) })
      }
    }
  }

  /// The beginning of a file.
  private func bytes(of name: String, most: Int) -> [UInt8]? {
    guard PhotoFolder.isName(name) else { return nil }
    // A link could lead out of the folder, and a pipe would be waited for.
    let descriptor = open(path + "/" + name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      (1...PhotoFolder.mostBytes).contains(Int(status.st_size))
    else { return nil }
    var isRead = true
    let bytes = [UInt8](unsafeUninitializedCapacity: min(most, Int(status.st_size))) { buffer, count in
      while isRead, count < buffer.count, let start = buffer.baseAddress {
        let got = read(descriptor, start + count, buffer.count - count)
        if got <= 0 { isRead = false } else { count += got }
      }
    }
    return isRead ? bytes : nil
  }

  /// A name of a file in the folder, and no way to another: forms are written by strangers.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.first != "." && name.utf8.count <= 255
      && name.utf8.allSatisfy { $0 >= 32 && $0 != 127 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }
  }
}
