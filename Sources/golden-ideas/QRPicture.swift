internal import CQREncode
package import Suggestions

/// A QR code (ISO/IEC 18004) as a picture in a page: level M, which bears a thumbprint over a seventh of it, and the
/// four modules of white around it that readers look for.
package struct QRPicture {
  package static let quietZone = 4

  /// Modules a side, without the white.
  package let width: Int
  /// Row by row; true is dark.
  package let modules: [Bool]

  /// Nil for nothing, and for more than a code holds: some 2,300 bytes.
  package init?(_ text: String) {
    guard !text.isEmpty, !text.utf8.contains(0),
      let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
    else { return nil }
    defer { QRcode_free(code) }
    width = Int(code.pointee.width)
    modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
  }

  /// Black on white whatever the page looks like, or no telephone reads it.
  ///
  /// - Parameter label: what it is, for those who do not see it.
  package func write(to html: inout HTMLWriter, label: String) {
    let side = String(width + 2 * QRPicture.quietZone)
    html.element(
      "svg",
      [
        "class": "qr", "viewBox": "0 0 \(side) \(side)", "role": "img", "aria-label": label,
        "shape-rendering": "crispEdges",
      ]
    ) { svg in
      svg.empty("rect", ["width": side, "height": side, "fill": "#fff"])
      svg.empty("path", ["fill": "#000", "d": path])
    }
  }

  /// One rectangle for each run of dark modules.
  private var path: String {
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        guard modules[row * width + column] else {
          column += 1
          continue
        }
        let start = column
        while column < width, modules[row * width + column] { column += 1 }
        let run = column - start
        path += "M\(start + QRPicture.quietZone) \(row + QRPicture.quietZone)h\(run)v1h-\(run)z"
      }
    }
    return path
  }
}
