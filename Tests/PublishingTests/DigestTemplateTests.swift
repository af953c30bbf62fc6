import Publishing
import TestSupport
import Testing

struct DigestTemplateTests {
  typealias Fact = DigestTemplateFault.Fact

  /// Problems of the shipped template with something else in it.
  private func problems(_ change: (inout [String: [UInt8]]) -> Void) throws -> [DigestTemplateFault.Problem] {
    do throws(DigestTemplateFault) {
      var files = (try? DigestSample.shipped("monthly")) ?? [:]
      change(&files)
      _ = try DigestTemplate(name: "monthly", files: files)
      return []
    } catch {
      return error.problems
    }
  }

  private func problem(_ file: String, _ text: String) throws -> [DigestTemplateFault.Problem] {
    try problems { $0[file] = Array(text.utf8) }.filter { $0.file == file }
  }

  @Test(arguments: ["monthly", "bulletin"]) func shippedOnesAreSound(_ name: String) throws {
    #expect(try DigestSample.template(name).digest.count == 64)
  }

  @Test(arguments: [
    ("{{{seal}}}\n\n{{titel}}", 3, Fact.unknownName("titel")),
    ("{{{seal}}}\n{{#ideas}}\n{{name}}{{/ideas}}", 3, .unknownName("name")),
    ("{{{seal}}}\n{{#ideas}}\n{{title}}\n", 2, .unfinishedSection("ideas")),
    ("{{{seal}}}\n{{#ideas}}{{/hot}}", 2, .unfinishedSection("ideas")),
    ("{{{seal}}}\n{{/ideas}}", 2, .closesNothing("ideas")),
    ("{{{seal}}}\n{{title", 2, .unfinishedTag),
    ("{{{seal}}}\n{{> nowhere}}", 2, .unknownPart("nowhere")),
    ("{{{seal}}}\n{{{title}}}", 2, .rawText("title")),
    ("{{{seal}}}\n{{&title}}", 2, .rawText("title")),
    ("{{{seal}}}\n{{seal}}", 2, .escapedMarkup("seal")),
    ("{{{seal}}}\n{{=<% %>=}}", 2, .forbiddenTag("=<% %>=")),
    ("{{{seal}}}\n{{% CONTENT_TYPE:TEXT}}", 2, .forbiddenTag("% CONTENT_TYPE:TEXT")),
    ("{{{seal}}}\n{{is_complete}}", 2, .unknownName("is_complete")),
    ("{{title}} {{{seal}}}", 1, .sealMissing),
    ("no tags", 1, .sealMissing),
    ("{{{seal}}}\n[[只有中文]]", 2, .missingLanguage),
    ("{{{seal}}}\n[[中文|English", 2, .unfinishedPair),
    ("{{{seal}}}\n<SCRIPT>", 2, .activeContent("<script")),
    ("{{{seal}}}\n<p onclick=x>", 2, .activeContent("onclick=")),
  ]) func faultsHaveFileAndLine(_ text: String, _ line: Int, _ fact: Fact) throws {
    let found = try problem("page.html", text)
    #expect(found == [.init(file: "page.html", line: line, fact: fact)], "\(found)")
  }

  @Test func partsAreReadWhereTheyStand() throws {
    #expect(try problem("case.html", "{{title}}\n{{plot_text}}") == [.init(file: "case.html", line: 2, fact: .unknownName("plot_text"))])
    #expect(try problem("case.html", "{{> case}}").map(\.fact) == [.circularPart("case")])
  }

  @Test func filesAreThere() throws {
    #expect(try problems { $0["page.md"] = nil }.map(\.fact).contains(.missingFile))
    #expect(try problems { $0["style.css"] = nil } == [.init(file: "style.css", line: 0, fact: .missingFile)])
    #expect(try problems { $0["style.css"] = Array("@import 'x';".utf8) }.map(\.fact) == [.activeContent("@import")])
    #expect(try problems { $0["case.md"] = [0xFF] }.map(\.fact).contains(.notUTF8))
  }

  @Test func theDigestIsOfAllFiles() throws {
    let first = try DigestSample.template().digest
    #expect(try DigestSample.template().digest == first)
    #expect(try DigestSample.template { $0["style.css"]?.append(0x20) }.digest != first)
  }

  /// What editors read about names is all there is.
  @Test func theReadmeNamesEveryPlace() throws {
    let readme = String(decoding: try PackageRoot.bytes("rules/digest/README.md"), as: UTF8.self)
    let used = try ["monthly", "bulletin"].flatMap { name in
      try DigestSample.shipped(name).values.flatMap { bytes in
        String(decoding: bytes, as: UTF8.self).matches(of: #/\{\{\{?[#^]? *([a-z_0-9]+)/#).map { String($0.output.1) }
      }
    }
    #expect(used.count > 50)
    for name in Set(used) where !["figure", "table", "case", "clocks", "value"].contains(name) {
      #expect(readme.contains(name), "\(name)")
    }
  }
}
