import Suggestions

/// The outside of a picture: its size, and the words that stand for it where it cannot be seen.
package struct PictureFrame: Sendable {
  /// Tells the picture's elements from those of others on the page.
  package var id: String
  package var title: String
  /// What the picture shows, in sentences.
  package var description: String

  package init(id: String, title: String, description: String) {
    self.id = id
    self.title = title
    self.description = description
  }

  /// - Parameters:
  ///   - width: and `height` in the picture's own units, a pixel each where there is room.
  ///   - leastWidth: pixels below which its numbers could not be read; on narrower screens it moves in its frame.
  ///   - style: a class of the style sheet; nil for a picture that is as wide as it says.
  func write(
    to html: inout HTMLWriter, width: Int, height: Int, leastWidth: Int, style: String? = nil,
    _ content: (inout HTMLWriter) -> Void
  ) {
    html.element("div", ["class": "wide", "role": "group", "aria-label": title, "tabindex": "0"]) { frame in
      frame.element(
        "svg",
        [
          "class": style, "role": "img", "aria-labelledby": "\(id)-title \(id)-desc",
          "viewBox": "0 0 \(width) \(height)", "width": "\(width)", "height": "\(height)",
          "style": "min-width:\(leastWidth)px",
        ]
      ) { svg in
        svg.element("title", ["id": "\(id)-title"], title)
        svg.element("desc", ["id": "\(id)-desc"], description)
        svg.newline()
        content(&svg)
      }
    }
    html.newline()
  }
}
