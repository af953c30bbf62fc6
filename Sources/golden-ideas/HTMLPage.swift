/// A page as one file: it brings its style along, asks nobody for anything and runs nothing.
struct HTMLPage {
  let language: Language
  let title: String
  /// Holds no `<` and no `&`: it stands in the page as it is.
  let sheet: StaticString

  func markup(_ content: (inout HTMLWriter) -> Void) -> String {
    var html = HTMLWriter()
    html.doctype()
    html.element("html", ["lang": language == .zh ? "zh-Hans" : "en"]) { root in
      root.element("head") { head in
        head.empty("meta", ["charset": "utf-8"])
        // Should anything ever slip in, the browser is not to run it or to call anybody.
        head.empty(
          "meta",
          ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
        head.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.empty("meta", ["name": "referrer", "content": "no-referrer"])
        head.element("title", title)
        head.newline()
        head.element("style") { $0.sheet(sheet) }
      }
      root.newline()
      root.element("body", [:], content)
    }
    html.newline()
    return html.markup
  }
}
