#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files that are there after a power cut, or as they were before.
package enum DurableFile {
  /// Has a file's bytes on the disk; false when the system says no.
  static func sync(_ path: String) -> Bool { onDescriptor(path, O_RDONLY) { fsync($0) == 0 } }

  /// Has the name of a file on the disk.
  static func syncFolder(of path: String) -> Bool {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return onDescriptor(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY) { fsync($0) == 0 }
  }

  /// Gives a whole file its name, and has both on the disk. What had the name before is gone.
  package static func move(_ path: String, to target: String) -> Bool {
    sync(path) && rename(path, target) == 0 && syncFolder(of: target)
  }

  private static func onDescriptor(_ path: String, _ flags: Int32, _ body: (Int32) -> Bool) -> Bool {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return body(descriptor)
  }
}
