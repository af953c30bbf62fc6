import Stages
import Suggestions
import TestSupport
import Testing
import Text

/// Floods of texts that are alike: the work a text costs must not grow with their number. No clock: counted are the
/// texts that were compared.
struct AdversarialTextTests {
  private static let boilerplate =
    "尊敬的领导您好，本人是一名长期在本市从事外卖配送工作的骑手，平时每天都在城区各条道路上来回奔波，现就发现的问题反映如下："

  private struct Flood {
    var compared = 0
    var kinds: [DuplicateKind: Int] = [:]
    var leaders: Set<UInt32> = []
  }

  private static func flood(_ count: Int, _ text: (Int) -> (String, PlaceClaim)) -> Flood {
    var index = DuplicateIndex()
    var flood = Flood()
    for number in 0..<count {
      let (string, place) = text(number)
      let scalars = Folded.scalars(string)
      let sketch = DuplicateIndexTests.sketch(scalars)
      let hash = DuplicateIndexTests.hash(scalars)
      scalars.withUnsafeBufferPointer { text in
        let match = index.match(text, hash: hash, sketch: sketch, place: place, namesOwnPlace: false)
        flood.kinds[match?.kind ?? .none, default: 0] += 1
        if let match { flood.leaders.insert(match.number) }
        _ = index.insert(
          text, hash: hash, sketch: sketch, number: UInt32(number + 1), suggestion: UInt32(number + 1), place: place,
          namesOwnPlace: false, isExact: match?.kind == .exact)
      }
    }
    flood.compared = index.compared
    return flood
  }

  private static func address(_ number: Int) -> PlaceClaim {
    PlaceClaim(station: 0, district: 0, address: UInt64(number + 1))
  }

  @Test func oneShortTextIsComparedWithNothing() {
    let flood = AdversarialTextTests.flood(20_000) { _ in ("同意", PlaceClaim()) }
    #expect(flood.compared == 0)
    #expect(flood.kinds == [.none: 1, .exact: 19_999])
    #expect(flood.leaders == [1])
  }

  @Test(arguments: ["路灯不亮", boilerplate]) func oneTextFromEverywhere(_ text: String) {
    let flood = AdversarialTextTests.flood(5_000) { (text, AdversarialTextTests.address($0)) }
    #expect(flood.compared <= 16 * 5_000)
    #expect(flood.kinds == [.none: 1, .near: 4_999])
  }

  /// More places than are looked at one by one: each still finds its own earlier text.
  @Test func theSamePlaceIsFoundAmongThousands() {
    let flood = AdversarialTextTests.flood(2_000) { ("路灯不亮", AdversarialTextTests.address($0 % 1_000)) }
    #expect(flood.kinds == [.none: 1, .near: 999, .exact: 1_000])
  }

  @Test func boilerplateAndCounters() {
    let counted = AdversarialTextTests.flood(3_000) { (AdversarialTextTests.boilerplate + "第\($0)次反映", PlaceClaim()) }
    #expect(counted.compared <= 16 * 3_000)
    let short = AdversarialTextTests.flood(3_000) { ("支持第\($0)号方案尽快落实", PlaceClaim()) }
    #expect(short.compared <= 16 * 3_000)
    var generator = SeededGenerator(5)
    let worded = AdversarialTextTests.flood(3_000) { _ in
      let tail = (0..<30).map { _ in 0x4E00 + UInt32(generator.below(2_000)) }
      return (AdversarialTextTests.boilerplate + Folding.string(tail), PlaceClaim())
    }
    #expect(worded.compared <= 24 * 3_000)
  }

  /// The first of many copies is corrected: the next one leads them.
  @Test func theNextCopyTakesOver() {
    var index = DuplicateIndex()
    let text = Folded.scalars(AdversarialTextTests.boilerplate)
    let sketch = DuplicateIndexTests.sketch(text)
    let hash = DuplicateIndexTests.hash(text)
    var found: [UInt32?] = []
    var near: [UInt32?] = []
    text.withUnsafeBufferPointer { text in
      let entries = (0..<5).map { number in
        index.insert(
          text, hash: hash, sketch: sketch, number: UInt32(number + 1), suggestion: 1, place: PlaceClaim(),
          namesOwnPlace: false, isExact: number > 0)
      }
      for entry in [1, 0, 4, 2, 3] {
        _ = index.remove(entry: entries[entry])
        found.append(index.match(text, hash: hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)?.number)
        near.append(index.match(text, hash: ~hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)?.number)
      }
    }
    #expect(found == [1, 3, 3, 4, nil])
    #expect(near == [1, 3, 3, 4, nil])
  }
}
