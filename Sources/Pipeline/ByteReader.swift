#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reads a file or standard input in whole blocks, so that where batches are cut does not depend on how a pipe delivers.
package final class ByteReader {
  package static let blockSize = 256 << 10
  private let descriptor: Int32
  private let owns: Bool
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ByteReader.blockSize, alignment: 64)

  /// - Parameter path: nil reads standard input.
  /// - Returns: nil when the file cannot be opened or is a folder.
  package init?(path: String?) {
    guard let path else {
      descriptor = STDIN_FILENO
      owns = false
      return
    }
    var status = stat()
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0, fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      if opened >= 0 { close(opened) }
      buffer.deallocate()
      return nil
    }
    descriptor = opened
    owns = true
  }

  deinit {
    if owns { close(descriptor) }
    buffer.deallocate()
  }

  /// The next block, valid until the next call; empty at the end, nil on a read error.
  package func next() -> UnsafeRawBufferPointer? {
    var filled = 0
    while filled < buffer.count {
      let count = read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { break }
      filled += count
    }
    return UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
  }
}
