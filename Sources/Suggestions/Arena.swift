/// A stretch of bytes in a batch's arena.
package struct ByteSpan: Sendable, Hashable {
  package var offset: UInt32
  package var count: UInt32

  @inlinable
  package init(offset: UInt32, count: UInt32) {
    self.offset = offset
    self.count = count
  }

  /// Stands for "the record does not have this field", which is not the same as an empty one.
  @inlinable
  package static var absent: ByteSpan { ByteSpan(offset: .max, count: 0) }

  @inlinable
  package var isPresent: Bool { offset != .max }

  @inlinable
  package var isEmpty: Bool { count == 0 }
}

/// All bytes of a batch in one growing block; fields are ranges in it, so no field costs an allocation.
///
/// At most 4 GiB, as spans are 32 bits wide; batches are cut at a few MiB.
package struct Arena: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  package private(set) var count: Int

  package init(capacity: Int = 1 << 20) {
    self.capacity = max(64, capacity)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  deinit { base.deallocate() }

  /// Room for `extra` more bytes at the end; write there, then call ``commit(_:)``.
  package mutating func reserve(_ extra: Int) -> UnsafeMutablePointer<UInt8> {
    if count + extra > capacity {
      let grown = max(capacity * 2, count + extra)
      precondition(grown <= Int(UInt32.max), "an arena holds less than 4 GiB")
      let bigger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
      bigger.update(from: base, count: count)
      base.deallocate()
      base = bigger
      capacity = grown
    }
    return base + count
  }

  /// Takes the first `written` bytes of the reserved room in.
  package mutating func commit(_ written: Int) -> ByteSpan {
    let span = ByteSpan(offset: UInt32(truncatingIfNeeded: count), count: UInt32(truncatingIfNeeded: written))
    count += written
    precondition(count <= capacity)
    return span
  }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) -> ByteSpan {
    let room = reserve(bytes.count)
    if let start = bytes.baseAddress {
      room.update(from: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    }
    return commit(bytes.count)
  }

  package mutating func append(_ text: String) -> ByteSpan {
    var text = text
    return text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Drops everything behind `mark`, a value of ``count`` from earlier: a record that turned out broken leaves no trace.
  package mutating func rewind(to mark: Int) {
    precondition(mark <= count)
    count = mark
  }

  /// The bytes of a span; valid until the arena is written to again.
  @inlinable
  package func bytes(_ span: ByteSpan) -> UnsafeBufferPointer<UInt8> {
    guard span.isPresent else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: base + Int(span.offset), count: Int(span.count))
  }

  /// A span as text, made at the rim only; malformed UTF-8 cannot be here, Intake refuses it.
  package func string(_ span: ByteSpan) -> String {
    String(decoding: bytes(span), as: UTF8.self)
  }
}
