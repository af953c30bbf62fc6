package import Store
internal import Text

extension SearchFolding {
  /// The folding everything is matched by.
  package static let standard = SearchFolding { bytes in
    var folded = FoldedText(capacity: bytes.count + 32)
    let range = bytes.withUnsafeBufferPointer { folded.fold($0) }
    return (
      Array(folded[range]), Array(UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count))
    )
  }
}
