import Stages
import Text

/// Texts made to be expensive for an index of duplicates, each set beside ordinary texts of the same number.
///
/// Bounded work a text is what keeps a flood of copies from stopping the intake: a set may cost three times as much a
/// text as ordinary ones.
struct AdversarialTexts {
  let name: String
  private(set) var scalars: [[UInt32]] = []
  private(set) var places: [PlaceClaim] = []

  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// - Parameter body: text and address of a record by its number.
  init(_ name: String, _ count: Int, _ body: (Int) -> (text: String, address: UInt64)) {
    self.name = name
    for number in 0..<count {
      let (text, address) = body(number)
      scalars.append(AdversarialTexts.scalars(text))
      places.append(PlaceClaim(station: 0, district: 0, address: address))
    }
  }

  private static let boilerplate =
    "尊敬的领导您好，本人是一名长期在本市从事外卖配送工作的骑手，平时每天都在城区各条道路上来回奔波，对出行环境深有体会，现就近期发现的问题反映如下，希望有关部门能够重视并尽快研究解决："

  static func sets(_ count: Int) -> [AdversarialTexts] {
    var generator = SplitMix64(seed: 11)
    func words(_ number: Int) -> String {
      var text = String.UnicodeScalarView()
      for _ in 0..<number { text.append(Unicode.Scalar(0x4E00 + UInt32(generator.below(2_000))) ?? "井") }
      return String(text)
    }
    return [
      AdversarialTexts("one short text", count) { _ in ("同意", 0) },
      AdversarialTexts("one short text, each time from elsewhere", count) { ("路灯不亮", UInt64($0 + 1)) },
      AdversarialTexts("one text, each time from elsewhere", count) { (boilerplate, UInt64($0 + 1)) },
      AdversarialTexts("one boilerplate, other words behind it", count) { _ in (boilerplate + words(30), 0) },
      AdversarialTexts("one boilerplate, a counter behind it", count) { (boilerplate + "第\($0)次反映", 0) },
      AdversarialTexts("a short text with a counter", count) { ("支持第\($0)号方案尽快落实", 0) },
    ]
  }
}
