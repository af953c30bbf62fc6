internal import Crypto
internal import Foundation

/// The keys of a store: one secret of its own and one key per sealed segment, in a file beside the database.
///
/// The file is not part of the store's backups, and destroying a segment's key is how its content is erased. Keys are
/// made sixty-four at a time and are on disk before the first of them is used.
package final class KeyRing {
  private let path: String
  private var keys: [SymmetricKey?] = []
  private static let magic = Array("golden-ideas keys 1\n".utf8)
  private static let block = 64

  /// - Parameter create: make the file when it is missing, as with a new store.
  package init(path: String, create: Bool) throws(StoreFault) {
    self.path = path
    if FileManager.default.fileExists(atPath: path) {
      try read()
    } else if create {
      try make()
    } else {
      throw .missingKeys(path: path)
    }
  }

  /// 64-bit values derived from the store's secret, for purposes told apart by name.
  package func derived(_ purpose: String) throws(StoreFault) -> UInt64 {
    let code = HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: try key(0))
    return code.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
  }

  /// A whole key derived from the store's secret, for a purpose told apart by name.
  func secret(_ purpose: String) throws(StoreFault) -> SymmetricKey {
    SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: try key(0)))
  }

  /// Shows whether a key file belongs to a store, and tells nothing of the keys.
  func checkValue() throws(StoreFault) -> String { String(try derived("golden-ideas key check"), radix: 16) }

  /// Keys there are, destroyed and unused ones too.
  var count: Int { keys.count }

  /// Whether there was such a key and is no more.
  func isDestroyed(_ number: Int) -> Bool { keys.indices.contains(number) && keys[number] == nil }

  /// Writes zeros over keys, on the disk before this returns: what they sealed opens for nobody, in no copy of the store.
  /// Called by the holder of the store's intake lock.
  func destroy(_ numbers: [Int]) throws(StoreFault) {
    try read()
    let doomed = numbers.filter { $0 > 0 && keys.indices.contains($0) && keys[$0] != nil }
    guard !doomed.isEmpty else { return }
    do {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      defer { try? file.close() }
      for number in doomed {
        try file.seek(toOffset: UInt64(KeyRing.magic.count + number * 32))
        try file.write(contentsOf: Data(count: 32))
      }
      try file.synchronize()
    } catch {
      throw .unreadable(path: path, reason: "cannot be written")
    }
    for number in doomed { keys[number] = nil }
  }

  /// The key with this number, making more when they run out.
  ///
  /// Only the process that holds the store's intake lock makes keys; another may have made some since this ring was read.
  func key(_ number: Int) throws(StoreFault) -> SymmetricKey {
    guard number >= 0 else { throw .corrupt("there is no key \(number)") }
    if number >= keys.count { try read() }
    while number >= keys.count { try extend() }
    guard let key = keys[number] else { throw .corrupt("key \(number) was destroyed") }
    return key
  }

  /// Made aside and renamed, so that a key file is whole or not there.
  private func make() throws(StoreFault) {
    let unfinished = path + ".making"
    guard
      FileManager.default.createFile(
        atPath: unfinished, contents: Data(KeyRing.magic), attributes: [.posixPermissions: 0o600])
    else { throw .unreadable(path: path, reason: "cannot be created") }
    try extend(unfinished)
    guard rename(unfinished, path) == 0 else { throw .unreadable(path: path, reason: "cannot be created") }
  }

  private func read() throws(StoreFault) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, reason: "cannot be read")
    }
    guard data.starts(with: KeyRing.magic) else { throw .unreadable(path: path, reason: "not a key file") }
    keys.removeAll()
    var offset = KeyRing.magic.count
    // A key cut short was never used: its process died before the block was on disk.
    while offset + 32 <= data.count {
      let key = data[offset..<offset + 32]
      keys.append(key.allSatisfy { $0 == 0 } ? nil : SymmetricKey(data: key))
      offset += 32
    }
  }

  private func extend(_ file: String? = nil) throws(StoreFault) {
    var block = Data()
    for _ in 0..<KeyRing.block {
      let key = SymmetricKey(size: .bits256)
      key.withUnsafeBytes { block.append(contentsOf: $0) }
      keys.append(key)
    }
    do {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: file ?? path))
      defer { try? file.close() }
      try file.seek(toOffset: UInt64(KeyRing.magic.count + (keys.count - KeyRing.block) * 32))
      try file.write(contentsOf: block)
      try file.synchronize()
    } catch {
      throw .unreadable(path: path, reason: "cannot be written")
    }
  }
}
