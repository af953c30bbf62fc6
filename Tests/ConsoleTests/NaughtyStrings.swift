import Foundation
import TestSupport

/// Texts that broke other people's programs: the "big list of naughty strings" where the shared data sets are here, and
/// always a few of our own.
enum NaughtyStrings {
  static let own = [
    "", " ", "\u{3000}\t", "0", "-1", "9223372036854775808", "../../etc/passwd", "\"\u{308} onmouseover=\u{22}x",
    "'\u{20DD} autofocus onfocus='x", "\u{202E}gnp.exe\u{2066}", "a\u{0}b\u{7F}\u{1B}[31m", "]]>", "<![CDATA[<b>]]>",
    "{{x}}{{{x}}}{{#frame}}", "[[中文|English]]", "</script><script>alert(1)</script>", "</textarea></title><b>",
    "\"><img src=x onerror=alert(1)>", "<!--", "--><i>", "javascript:alert(1)", "//evil.example/", "/\\evil.example",
    "/a\r\nSet-Cookie: x=1", "%00%0d%0a%2e%2e%2f", "' OR 1=1; DROP TABLE event; --", "\u{FEFF}\u{FFFE}\u{10FFFF}",
    "e\u{301}\u{302}\u{303}\u{304}", "👨‍👩‍👧‍👦🇨🇳", "&lt;b&gt;&#60;", "`<b>`", "<svg/onload=alert(1)>",
  ]

  static let all: [String] = {
    guard let shared = PackageRoot.shared, let bytes = try? PackageRoot.bytes(shared + "/data/naughty_strings/blns.json"),
      let list = try? JSONDecoder().decode([String].self, from: Data(bytes))
    else {
      print("NaughtyTests: the big list of naughty strings is not here; \(own.count) strings of our own are tried")
      return own
    }
    return own + list
  }()

  /// Several in one text, so that a page is asked a few dozen times and not hundreds.
  ///
  /// - Parameter most: characters of a text, but for a string that is longer by itself.
  static func joined(most: Int) -> [String] {
    var texts: [String] = []
    var text = ""
    for string in all where !isBlank(string) {
      if !text.isEmpty, text.count + string.count >= most {
        texts.append(text)
        text = ""
      }
      text += (text.isEmpty ? "" : " ") + string
    }
    return text.isEmpty ? texts : texts + [text]
  }

  /// Read as nothing typed by every form.
  static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
