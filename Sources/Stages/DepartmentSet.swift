/// Up to four departments in one word; a fifth co-handler is dropped, as nobody co-ordinates five.
package struct DepartmentSet: Sendable, Hashable, Sequence {
  package private(set) var packed: UInt64

  package init(packed: UInt64 = 0) { self.packed = packed }

  package mutating func insert(_ department: Int) {
    for slot in 0..<4 {
      let value = packed >> UInt64(slot * 16) & 0xFFFF
      if value == UInt64(department + 1) { return }
      if value == 0 {
        packed |= UInt64(department + 1) << UInt64(slot * 16)
        return
      }
    }
  }

  package struct Iterator: IteratorProtocol {
    fileprivate var rest: UInt64

    package mutating func next() -> Int? {
      guard rest & 0xFFFF != 0 else { return nil }
      defer { rest >>= 16 }
      return Int(rest & 0xFFFF) - 1
    }
  }

  package func makeIterator() -> Iterator { Iterator(rest: packed) }

  package var count: Int { 4 - packed.leadingZeroBitCount / 16 }
}
