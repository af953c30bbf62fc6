#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The shadow text for matching: folded scalars, and for each of them where it stands in the text it came from.
///
/// One value is reused for a whole batch: texts are appended one behind the other and addressed by range.
package struct FoldedText: ~Copyable, @unchecked Sendable {
  package private(set) var scalars: UnsafeMutablePointer<UInt32>
  /// Byte offset in the source text, per folded scalar.
  package private(set) var sources: UnsafeMutablePointer<UInt32>
  package private(set) var count = 0
  private var capacity: Int

  package init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    scalars = .allocate(capacity: capacity)
    sources = .allocate(capacity: capacity)
  }

  deinit {
    scalars.deallocate()
    sources.deallocate()
  }

  package mutating func removeAll() { count = 0 }

  package mutating func rewind(to mark: Int) {
    precondition(mark <= count)
    count = mark
  }

  package mutating func append(_ scalar: UInt32, source: UInt32) {
    reserve(1)
    scalars[count] = scalar
    sources[count] = source
    count += 1
  }

  package subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt32> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return UnsafeBufferPointer(start: scalars + range.lowerBound, count: range.count)
  }

  private mutating func reserve(_ extra: Int) {
    guard count + extra > capacity else { return }
    let grown = max(capacity * 2, count + extra)
    let moreScalars = UnsafeMutablePointer<UInt32>.allocate(capacity: grown)
    let moreSources = UnsafeMutablePointer<UInt32>.allocate(capacity: grown)
    moreScalars.update(from: scalars, count: count)
    moreSources.update(from: sources, count: count)
    scalars.deallocate()
    sources.deallocate()
    scalars = moreScalars
    sources = moreSources
    capacity = grown
  }

  /// Folds valid UTF-8 and appends the result; returns the range it takes. `sourceBase` is added to every source offset.
  ///
  /// One table look-up a scalar. Combining marks and scalars beyond the Basic
  /// Multilingual Plane take a slow path that composes the whole cluster.
  @discardableResult
  package mutating func fold(_ bytes: UnsafeBufferPointer<UInt8>, sourceBase: Int = 0) -> Range<Int> {
    let start = count
    let table = FoldTable.shared
    // A byte gives at most one scalar but for expansions, which reserve for themselves.
    reserve(bytes.count + 32)
    table.words.withUnsafeBufferPointer { words in
      var index = 0
      let end = bytes.count
      var clusterByte = 0
      var clusterOutput = count
      while index < end {
        let at = index
        let first = UInt32(bytes[index])
        var scalar: UInt32
        if first < 0x80 {
          scalar = first
          index += 1
        } else if first < 0xE0 {
          scalar = (first & 0x1F) << 6 | UInt32(bytes[index + 1]) & 0x3F
          index += 2
        } else if first < 0xF0 {
          scalar = (first & 0x0F) << 12 | (UInt32(bytes[index + 1]) & 0x3F) << 6 | UInt32(bytes[index + 2]) & 0x3F
          index += 3
        } else {
          scalar = (first & 7) << 18 | (UInt32(bytes[index + 1]) & 0x3F) << 12
          scalar |= (UInt32(bytes[index + 2]) & 0x3F) << 6 | UInt32(bytes[index + 3]) & 0x3F
          index += 4
        }
        if scalar < 0x10000 {
          let word = words[Int(scalar)]
          if word == 0 { continue }
          if word & (FoldTable.expands | FoldTable.combines) == 0 {
            clusterByte = at
            clusterOutput = count
            if count == capacity { reserve(end - index + 32) }
            scalars[count] = word
            sources[count] = UInt32(truncatingIfNeeded: at &+ sourceBase)
            count &+= 1
            continue
          }
          if word & FoldTable.combines == 0 {
            clusterByte = at
            clusterOutput = count
            let entry = Int(word & ~FoldTable.expands)
            for step in 0..<Int(table.expansions[entry]) {
              append(table.expansions[entry + 1 + step], source: UInt32(truncatingIfNeeded: at + sourceBase))
            }
            continue
          }
        }
        // Slow path. A combining mark takes its base back and folds the cluster as a whole.
        var combining = scalar < 0x10000 || FoldTable.mayCompose(scalar)
        // Nobody writes thirty marks on one letter; refolding thousands would take the square of their number.
        if combining, index - clusterByte > FoldedText.longestCluster {
          if FoldTable.isMark(scalar) { continue }
          combining = false
        }
        let from = combining ? clusterByte : at
        if combining { rewind(to: clusterOutput) } else { clusterByte = at; clusterOutput = count }
        let cluster = FoldedText.scalars(of: bytes, from: from, to: index)
        for folded in table.foldCluster(cluster) { append(folded, source: UInt32(truncatingIfNeeded: from + sourceBase)) }
        reserve(end - index + 32)
      }
    }
    return start..<count
  }

  /// Bytes of a base with its marks beyond which further marks are dropped.
  private static let longestCluster = 96

  private static func scalars(of bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> [UInt32] {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[from..<to]), as: UTF8.self).unicodeScalars.map(\.value)
  }
}

/// Folding of short texts such as keywords and names, where arrays are good enough.
package enum Folding {
  package static func scalars(_ text: String) -> [UInt32] {
    var folded = FoldedText(capacity: 64)
    var text = text
    let range = text.withUTF8 { folded.fold($0) }
    return Array(folded[range])
  }

  package static func string(_ text: String) -> String {
    string(scalars(text))
  }

  package static func string(_ scalars: some Sequence<UInt32>) -> String {
    var result = ""
    for scalar in scalars { result.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return result
  }

  /// Names the folding tables; a store remembers it, as hashes made under another folding do not compare.
  package static let version: UInt64 = {
    let table = FoldTable.shared
    var hash = TextHash.of(table.words.span.bytes, seed: 1)
    hash = TextHash.of(table.expansions.span.bytes, seed: hash)
    return hash
  }()
}
