internal import CSketch

/// Zeroed memory of many megabytes that is looked at in random order.
enum LargeBlock {
  static func allocate<Element: BitwiseCopyable>(_ type: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
    guard let memory = large_block_allocate(count * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory for an index of \(count) entries")
    }
    return memory.bindMemory(to: Element.self, capacity: count)
  }

  static func free<Element>(_ block: UnsafeMutablePointer<Element>, count: Int) {
    large_block_free(block, count * MemoryLayout<Element>.stride)
  }
}
