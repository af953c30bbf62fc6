import Suggestions

/// How a page comes to its style.
package enum PageStyle: Sendable, Hashable {
  /// It brings it along, so that it is one file: for a disk, a mail, a printer.
  case inside
  /// It asks the server it came from for the sheet at this address, as its policy lets no page bring one.
  case linked(String)
}

/// A link that is on the screen and not on the paper.
package struct ScreenLink: Sendable, Hashable {
  package var words: String
  package var address: String

  package init(_ words: String, to address: String) {
    self.words = words
    self.address = address
  }
}

/// A page of its own: it asks nobody for anything and runs nothing.
struct HTMLPage {
  let language: Language
  let title: String
  /// Holds no `<` and no `&`: it stands in the page as it is.
  let sheet: StaticString
  var style = PageStyle.inside

  func markup(_ content: (inout HTMLWriter) -> Void) -> String {
    var html = HTMLWriter()
    html.doctype()
    html.element("html", ["lang": language == .zh ? "zh-Hans" : "en"]) { root in
      root.element("head") { head in
        head.empty("meta", ["charset": "utf-8"])
        if style == .inside {
          // Should anything ever slip in, the browser is not to run it or to call anybody. A server says it in a header.
          head.empty(
            "meta",
            ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
        }
        head.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.empty("meta", ["name": "referrer", "content": "no-referrer"])
        head.element("title", title)
        head.newline()
        switch style {
        case .inside: head.element("style") { $0.sheet(sheet) }
        case .linked(let address):
          head.empty("link", ["rel": "stylesheet", "href": address])
          head.empty("link", ["rel": "icon", "href": "data:,"])
        }
      }
      root.newline()
      root.element("body", [:], content)
    }
    html.newline()
    return html.markup
  }
}

extension HTMLWriter {
  /// Ways on, for who reads the page on a screen; nothing where there are none.
  mutating func links(_ links: [ScreenLink], label: String) {
    guard !links.isEmpty else { return }
    element("nav", ["class": "screen", "aria-label": label]) { nav in
      for link in links { nav.element("a", ["href": link.address], link.words) }
    }
  }
}
