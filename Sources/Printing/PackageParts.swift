internal import CLibZip

/// The parts of a zip package: Word's and spreadsheets' documents are such, and a bundle of tables is one.
package struct PackageParts {
  package struct Part {
    package var name: String
    /// Nil for one that cannot be read: encrypted, broken, of an unknown compression.
    package var bytes: [UInt8]?
    package var comment: String
  }

  package private(set) var parts: [Part] = []
  package private(set) var comment = ""

  /// More than any of our documents unpacks to.
  private static let mostBytes: UInt64 = 1 << 29

  /// Nil for what is no zip file, or would unpack to more than 512 MB.
  package init?(_ document: [UInt8]) {
    guard let opened = PackageParts.read(document) else { return nil }
    self = opened
  }

  private init() {}

  private static func read(_ document: [UInt8]) -> PackageParts? {
    document.withUnsafeBytes { buffer -> PackageParts? in
      guard let source = zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, nil) else { return nil }
      guard let archive = zip_open_from_source(source, ZIP_RDONLY | Int32(ZIP_CHECKCONS), nil) else {
        zip_source_free(source)
        return nil
      }
      defer { zip_discard(archive) }
      var package = PackageParts()
      var length: Int32 = 0
      if let comment = zip_get_archive_comment(archive, &length, ZIP_FL_ENC_GUESS) {
        package.comment = text(comment, Int(length))
      }
      var total: UInt64 = 0
      for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat_index(archive, index, 0, &status) == 0, let name = status.name else { return nil }
        total += status.size
        guard total <= mostBytes else { return nil }
        var commentLength: UInt32 = 0
        let comment = zip_file_get_comment(archive, index, &commentLength, ZIP_FL_ENC_GUESS)
        package.parts.append(
          Part(
            name: String(cString: name), bytes: bytes(of: index, Int(status.size), archive),
            comment: comment.map { text($0, Int(commentLength)) } ?? ""))
      }
      return package
    }
  }

  private static func text(_ start: UnsafePointer<CChar>, _ count: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  private static func bytes(of index: UInt64, _ size: Int, _ archive: OpaquePointer) -> [UInt8]? {
    guard let file = zip_fopen_index(archive, index, 0) else { return nil }
    defer { zip_fclose(file) }
    var read: Int64 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      // One more than it should have, so that one that is longer than it says is noticed.
      while true {
        let got = zip_fread(file, buffer.baseAddress.map { $0 + Int(read) }, UInt64(size + 1 - Int(read)))
        if got <= 0 {
          if got < 0 { read = -1 }
          break
        }
        read += got
        if read > size { break }
      }
      count = max(0, min(Int(read), size))
    }
    return read == size ? bytes : nil
  }

  // MARK: Making one

  /// A package of files in the order given, of equal bytes for equal files. Nil when the library would not.
  ///
  /// - Parameter instant: seconds since 1970, of each file.
  static func package(_ files: [(name: String, bytes: [UInt8])], instant: Int64) -> [UInt8]? {
    guard let source = zip_source_buffer_create(nil, 0, 0, nil) else { return nil }
    guard let archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, nil) else {
      zip_source_free(source)
      return nil
    }
    // The archive gives its own away when it is closed.
    zip_source_keep(source)
    defer { zip_source_free(source) }
    // Held until the archive is closed: only then are they read.
    let held = files.map { file -> UnsafeMutableRawBufferPointer in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, file.bytes.count), alignment: 1)
      copy.copyBytes(from: file.bytes)
      return copy
    }
    defer { for copy in held { copy.deallocate() } }
    let stamp = DOSTime(instant)
    for (file, copy) in zip(files, held) {
      let content = zip_source_buffer(archive, copy.baseAddress, UInt64(file.bytes.count), 0)
      guard let content else {
        zip_discard(archive)
        return nil
      }
      let index = zip_file_add(archive, file.name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
      guard index >= 0 else {
        zip_source_free(content)
        zip_discard(archive)
        return nil
      }
      zip_file_set_dostime(archive, UInt64(index), stamp.time, stamp.date, 0)
    }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      return nil
    }
    return contents(of: source)
  }

  private static func contents(of source: OpaquePointer) -> [UInt8]? {
    guard zip_source_open(source) == 0 else { return nil }
    defer { zip_source_close(source) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = zip_source_read(source, &chunk, UInt64(chunk.count))
      guard got >= 0 else { return nil }
      if got == 0 { return bytes }
      bytes += chunk.prefix(Int(got))
    }
  }
}
