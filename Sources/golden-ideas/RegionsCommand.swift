import ArgumentParser
import Foundation
import Rules
import Suggestions

struct RegionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regions", abstract: "地名：列出、查找、从公布的名单导入 / places: list, find in a text, import from published lists",
    subcommands: [List.self, Find.self, Import.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "区划树 / the tree of divisions and zones")
    @OptionGroup var common: CommonOptions
    @Option(help: "只列这一级：city county zone street community / one level alone") var level: String?

    func run() throws {
      let book = try common.loadBook()
      var wanted: RegionLevel?
      if let level {
        wanted = RegionLevel(rawValue: level)
        guard wanted != nil else {
          throw ValidationError(common.messages("--level 不认识 \(level)", "--level does not know \(level)"))
        }
      }
      let rows = RegionTree(book).rows.filter { wanted == nil || book.regions[$0.region].level == wanted }
      if common.json {
        common.printJSON { root in
          root.field("book", book.version)
          root.array("regions") { list in
            for row in rows {
              let region = book.regions[row.region]
              list.object {
                $0.field("code", region.code)
                $0.field("name", region.name)
                $0.field("level", region.level.rawValue)
                $0.field("parent", region.parent.map { book.regions[$0].code })
                $0.field("aliases", row.aliases)
              }
            }
          }
        }
        return
      }
      let messages = common.messages
      var table = TextTable(columns: [
        (messages("编码", "code"), .left), (messages("名称", "name"), .left), (messages("层级", "level"), .left),
        (messages("上级", "parent"), .left), (messages("别名", "aliases"), .right),
      ])
      for row in rows {
        let region = book.regions[row.region]
        let indent = String(repeating: "  ", count: wanted == nil ? row.depth : 0)
        table.add([
          region.code, indent + (common.language == .zh ? region.name : region.englishName),
          messages.placeLevel(PlaceLevel(region.level)), region.parent.map { book.regions[$0].code } ?? "",
          "\(row.aliases)",
        ])
      }
      print(table.text)
    }
  }

  struct Find: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "find", abstract: "一段文字提到了哪些地方 / the places a text names")
    @OptionGroup var common: CommonOptions
    @Argument(help: "文字，- 为标准输入 / the text; - is standard input") var text: String

    func run() throws {
      let book = try common.loadBook()
      var body = text
      if text == "-" { body = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) }
      var scratch = RuleScratch(book, on: LocalTime.today)
      let explanation = book.explain(title: "", body: body, scratch: &scratch)
      let screen = NamedPlaceScreen(
        book: book, text: MarkedText(title: "", body: body), places: explanation.places, messages: common.messages)
      let judgement = explanation.judgement
      if common.json {
        common.printJSON { root in
          root.field("book", book.version)
          root.field("region", judgement.region.map { book.regions[$0].code })
          root.field("station", judgement.station.map { book.stations[$0].code })
          root.field("asked", judgement.asked.map { book.ambiguous[$0].name })
          root.array("places") { screen.write(to: &$0) }
        }
      } else {
        let lines = screen.lines
        let none = common.messages("没有认出地名。", "no place of the book is named.")
        print(lines.isEmpty ? none : lines.joined(separator: "\n"))
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "从公布的区划名单写出 regions.yaml / regions.yaml out of published lists of divisions")
    @OptionGroup var common: CommonOptions
    @Argument(help: "名单：CSV（表头 code,name 和上级编码列）或 JSON（code name children，或 code name parent）/ lists, CSV or JSON")
    var files: [String]
    @Option(help: "哪个市，编码如 4307 / the city, by code") var city: String
    @Option(help: "写到哪个文件，默认标准输出 / file to write; default: standard output") var output: String?
    @Flag(help: "已有的文件也盖掉 / overwrite a file that is there") var force = false

    func run() throws {
      let messages = common.messages
      let sources = try files.map { path in
        guard let bytes = FileManager.default.contents(atPath: path) else {
          throw Outcome.notStarted(messages("读不到文件：\(path)", "cannot read \(path)"))
        }
        return RuleFile(path: path, bytes: Array(bytes))
      }
      let divisions: DivisionImport
      do throws(DivisionFault) {
        divisions = try DivisionImport(DivisionList(sources), city: city)
      } catch {
        throw Outcome.notStarted(messages.divisions(error, files: files))
      }
      guard let output else {
        print(divisions.yaml, terminator: "")
        return
      }
      if !force, FileManager.default.fileExists(atPath: output) {
        throw Outcome.notStarted(
          messages("\(output) 已经有了；要盖掉请加 --force", "\(output) is there already; --force overwrites it"))
      }
      do {
        try Data(divisions.yaml.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
      } catch {
        throw Outcome.notStarted(messages("写不了 \(output)", "cannot write \(output)"))
      }
      if common.json {
        common.printJSON { root in
          root.field("output", output)
          root.field("regions", divisions.areaCount)
          root.field("ambiguous", divisions.ambiguousCount)
        }
      } else {
        common.note(
          messages(
            "已写入 \(output)：区划 \(divisions.areaCount)，一名多地 \(divisions.ambiguousCount)。",
            "written to \(output): \(divisions.areaCount) regions, \(divisions.ambiguousCount) names of several places."))
      }
    }
  }
}

/// The regions of a book as a tree, each after what contains it, in the order of the book.
private struct RegionTree {
  private(set) var rows: [(region: Int, depth: Int, aliases: Int)] = []

  init(_ book: RuleBook) {
    var children = [[Int]](repeating: [], count: book.regions.count)
    var roots: [Int] = []
    for (number, region) in book.regions.enumerated() {
      if let parent = region.parent { children[parent].append(number) } else { roots.append(number) }
    }
    var aliases = [Int](repeating: 0, count: book.regions.count)
    for name in book.names {
      if case .region(let region) = name.meaning, name.name != book.regions[region].name { aliases[region] += 1 }
    }
    // Depth first; what has been seen is not entered again, should two regions name each other as parents.
    var open = roots.reversed().map { (region: $0, depth: 0) }
    var seen: Set<Int> = []
    while let next = open.popLast() {
      guard seen.insert(next.region).inserted else { continue }
      rows.append((next.region, next.depth, aliases[next.region]))
      open += children[next.region].reversed().map { ($0, next.depth + 1) }
    }
  }
}
