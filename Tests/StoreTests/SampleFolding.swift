import Store

extension SearchFolding {
  /// Much like the real one, which lives in another room: small letters, half width, simplified, no white space.
  static let sample = SearchFolding { bytes in
    var folded: (scalars: [UInt32], sources: [UInt32]) = ([], [])
    var index: UInt32 = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let source = index
      index += UInt32(UTF8.width(scalar))
      if scalar.properties.isWhitespace || scalar == "\u{200B}" { continue }
      var value = scalar.value
      if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
      if (0x41...0x5A).contains(value) { value += 0x20 }
      if scalar == "電" { value = ("电" as Unicode.Scalar).value }
      if scalar == "蓋" { value = ("盖" as Unicode.Scalar).value }
      folded.scalars.append(value)
      folded.sources.append(source)
    }
    return folded
  }
}
