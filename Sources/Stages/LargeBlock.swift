#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Zeroed memory of many megabytes that is looked at in random order.
///
/// Asked for in pages of 2 MiB: with small ones every look-up also waits for the page tables, which at a million texts
/// costs more than the look-up itself.
enum LargeBlock {
  static func allocate<Element: BitwiseCopyable>(_ type: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
    let bytes = max(64, count * MemoryLayout<Element>.stride)
    let page = bytes >= 4 << 20 ? 2 << 20 : 64
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, page, bytes) == 0, let memory else {
      preconditionFailure("out of memory: \(bytes) bytes for an index")
    }
    #if canImport(Glibc)
      // MADV_HUGEPAGE; a system that has none ignores it.
      if page > 64 { madvise(memory, bytes, 14) }
    #endif
    memset(memory, 0, bytes)
    return memory.bindMemory(to: Element.self, capacity: count)
  }

  static func free<Element>(_ block: UnsafeMutablePointer<Element>) {
    #if canImport(Glibc)
      Glibc.free(block)
    #else
      Darwin.free(block)
    #endif
  }
}
