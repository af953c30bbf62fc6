internal import CZstandard
internal import Crypto
internal import Foundation
internal import Suggestions

/// Received bytes and contacts of about a thousand records, compressed and encrypted in one go.
///
/// zstd, then AES-256-GCM under a key of the segment's own; about 2 µs a record. Opening one is for the store to allow
/// and to log.
package final class SegmentSealer {
  private let keys: KeyRing
  private let context: OpaquePointer?
  /// Beside level 1 a fifth faster, for a fifth more bytes.
  private static let level: Int32 = -1

  package init(keys: KeyRing) {
    self.keys = keys
    context = ZSTD_createCCtx()
  }

  deinit { ZSTD_freeCCtx(context) }

  package struct Sealed: Sendable {
    package var key: Int
    /// Seal of its first entry, and how many there are; both are authenticated with the content.
    package var first: Int
    package var count: Int
    package var bytes: [UInt8]

    package init(key: Int, first: Int, count: Int, bytes: [UInt8]) {
      self.key = key
      self.first = first
      self.count = count
      self.bytes = bytes
    }

    var place: [UInt8] {
      var writer = PackedWriter()
      writer.number(first)
      writer.number(count)
      return writer.bytes
    }
  }

  package func seal(_ plain: UnsafeRawBufferPointer, key number: Int, first: Int, count entries: Int) throws(StoreFault) -> Sealed {
    var sealed = Sealed(key: number, first: first, count: entries, bytes: [])
    let bound = ZSTD_compressBound(plain.count)
    var failed = false
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = ZSTD_compressCCtx(context, buffer.baseAddress, bound, plain.baseAddress, plain.count, SegmentSealer.level)
      if ZSTD_isError(count) != 0 {
        count = 0
        failed = true
      }
    }
    if failed { throw .corrupt("a segment cannot be compressed") }
    do {
      let box = try AES.GCM.seal(packed, using: try keys.key(number), authenticating: sealed.place)
      guard let combined = box.combined else { throw StoreFault.corrupt("a segment cannot be sealed") }
      sealed.bytes = Array(combined)
      return sealed
    } catch let fault as StoreFault {
      throw fault
    } catch {
      throw .corrupt("a segment cannot be sealed")
    }
  }

  package func open(_ sealed: Sealed) throws(StoreFault) -> [UInt8] {
    let packed: Data
    do {
      packed = try AES.GCM.open(
        AES.GCM.SealedBox(combined: sealed.bytes), using: try keys.key(sealed.key), authenticating: sealed.place)
    } catch let fault as StoreFault {
      throw fault
    } catch {
      throw .corrupt("segment under key \(sealed.key) does not open: its bytes or its key were changed")
    }
    let bytes = Array(packed)
    guard let plain = CompressedBytes.unpack(bytes) else {
      throw .corrupt("segment under key \(sealed.key) is cut short")
    }
    return plain
  }
}
