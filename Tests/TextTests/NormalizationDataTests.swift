import Foundation
import TestSupport
import Testing
import Text

/// Data sets that lie beside the package; skipped where they do not.
struct NormalizationDataTests {
  static let normalization = file("data/unicode_normalization/NormalizationTest.txt")
  static let endorsements = file("data/join_tw_endorsements/endorsements.jsonl")

  private static func file(_ path: String) -> String? {
    guard let shared = PackageRoot.shared else { return nil }
    let full = shared + "/" + path
    return FileManager.default.fileExists(atPath: full) ? full : nil
  }

  /// UAX #15: column 1 is the source, column 4 its NFC of NFKD, which is NFKC; and both fold alike.
  @Test(.enabled(if: normalization != nil)) func foldsWhatNFKCCallsTheSame() throws {
    let path = try #require(NormalizationDataTests.normalization)
    var wrong: [String] = []
    var lines = 0
    for line in try String(decoding: PackageRoot.bytes(path), as: UTF8.self).split(separator: "\n")
    where !line.hasPrefix("#") && !line.hasPrefix("@") {
      let columns = line.split(separator: ";", omittingEmptySubsequences: false).prefix(5).map { column in
        column.split(separator: " ").compactMap { UInt32($0, radix: 16) }
      }
      guard columns.count == 5 else { continue }
      lines += 1
      if Folded(scalars: columns[0]).scalars != Folded(scalars: columns[3]).scalars {
        wrong.append(line.split(separator: ";").first.map(String.init) ?? "")
      }
    }
    #expect(lines > 15_000)
    let examples = wrong.prefix(10).joined(separator: "; ")
    #expect(wrong.isEmpty, "\(wrong.count) of \(lines) lines, the first: \(examples)")
  }

  /// Real sentences in traditional characters: none of the commonest is left, and nothing folds to nothing.
  @Test(.enabled(if: endorsements != nil)) func foldsTraditionalSentences() throws {
    let path = try #require(NormalizationDataTests.endorsements)
    let common = Set("們會來對時說這還國為後過發學電動車臺灣環實應關無點體".unicodeScalars.map(\.value))
    var changed = 0
    var texts = 0
    for line in try PackageRoot.bytes(path).split(separator: 0x0A) {
      let record = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      for value in (record ?? [:]).values.compactMap({ $0 as? String }) where !value.isEmpty {
        texts += 1
        let folded = Folding.scalars(value)
        #expect(!folded.contains { common.contains($0) })
        #expect(Folding.scalars(Folding.string(folded)) == folded)
        if value.unicodeScalars.contains(where: { common.contains($0.value) }) { changed += 1 }
      }
    }
    #expect(texts > 1_000)
    #expect(changed > 100)
  }
}
