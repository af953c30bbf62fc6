/// Writes seeded suggestions of riders and couriers in the project's own web form, XML or JSON Lines, with known
/// duplicates: what `golden-ideas bench` feeds the pipeline, so that anyone can repeat its figures.
///
/// The same seed gives the same bytes on every machine; the first records do not depend on how many follow. A million
/// records take a few MB besides their truth (8 bytes a record): of what was written only the seeds of the latest
/// originals are kept. Until record 200 all are originals; then 6 in 100 are exact copies in the body, 2 fold to the
/// same text, 7 are edited copies and 1 is a decoy: the words of an earlier one about another place.
///
/// Area, station and address belong to the matter, so a copy has those of its original; half of the decoys name the
/// same area and station. Title, writer, contacts, time, attachments and likes are drawn anew for each record.
struct CorpusGenerator {
  enum Format: CaseIterable {
    case xml, jsonLines

    /// Name of the form profile that reads it.
    var profile: String { self == .xml ? "dezhihui-xml" : "dezhihui-json" }
  }

  /// How a record was made.
  enum Origin: UInt8, CaseIterable {
    case original, exact, folded, nearLight, nearMedium, nearHeavy
    /// In the words of another, about another place: no duplicate.
    case decoy

    var isNear: Bool { self == .nearLight || self == .nearMedium || self == .nearHeavy }
  }

  /// What is known of a record: a duplicate has the same `first` as its leader.
  struct Truth {
    /// Number of the record that opened the matter, from 1; its own number when it opens one.
    var first: UInt32
    var origin: Origin
    var hasPersonalData: Bool
  }

  /// What a text is made from.
  private struct Matter {
    var wording: UInt64
    var placing: UInt64
    var first: UInt32
    var district: UInt8
    /// Index of the station the form names plus one; 0 for none.
    var station: UInt8
  }

  /// One entry per record written, in order.
  private(set) var truth: [Truth] = []

  private var random: SplitMix64
  private let texts = CorpusText()
  private let variation = CorpusVariation()
  private var recent: [Matter] = []
  private static let remembered = 1 << 16
  private static let firstDuplicate = 200
  private static let chunkBytes = 256 << 10

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Writes a whole document of `records` further records, in chunks of about 256 KiB.
  mutating func write(records: Int, format: Format, to write: ([UInt8]) throws -> Void) rethrows {
    var chunk: [UInt8] = []
    chunk.reserveCapacity(CorpusGenerator.chunkBytes + 8192)
    if format == .xml {
      chunk.append(
        contentsOf: """
          <?xml version="1.0" encoding="UTF-8"?>
          <suggestions platform="德智汇" exported="2026-01-01T00:00:00+08:00">

          """.utf8)
    }
    for _ in 0..<max(0, records) {
      let record = next()
      switch format {
      case .xml: record.writeXML(to: &chunk)
      case .jsonLines: record.writeJSON(to: &chunk)
      }
      if chunk.count >= CorpusGenerator.chunkBytes {
        try write(chunk)
        chunk.removeAll(keepingCapacity: true)
      }
    }
    if format == .xml { chunk.append(contentsOf: "</suggestions>\n".utf8) }
    if !chunk.isEmpty { try write(chunk) }
  }

  // MARK: One record

  private mutating func next() -> CorpusRecord {
    let number = UInt32(truncatingIfNeeded: truth.count + 1)
    let draw = truth.count >= CorpusGenerator.firstDuplicate ? random.below(1000) : 999
    var origin = Origin.original
    var matter: Matter
    var content: [UInt8]
    var isPersonal: Bool
    switch draw {
    case ..<150:
      matter = earlier()
      (content, isPersonal) = body(of: matter)
      if draw < 60 {
        origin = .exact
      } else if draw < 80 {
        origin = .folded
        content = variation.folded(content, &random)
      } else {
        let severity: CorpusVariation.Severity = draw < 115 ? .light : draw < 140 ? .medium : .heavy
        origin = severity == .light ? .nearLight : severity == .medium ? .nearMedium : .nearHeavy
        content = variation.edited(content, severity, &random)
      }
    case ..<160:
      origin = .decoy
      matter = decoy(of: earlier(), number: number)
      (content, isPersonal) = body(of: matter)
      remember(matter)
    default:
      matter = Matter(
        wording: random.next(), placing: random.next(), first: number,
        district: UInt8(random.below(texts.districts.count)),
        station: random.chance(perMille: 200) ? UInt8(1 + random.below(texts.stations.count)) : 0)
      (content, isPersonal) = body(of: matter)
      remember(matter)
    }
    truth.append(Truth(first: matter.first, origin: origin, hasPersonalData: isPersonal))
    return record(number, matter, content)
  }

  private func place(of matter: Matter) -> CorpusText.Place {
    texts.place(placing: matter.placing, district: Int(matter.district))
  }

  private func body(of matter: Matter) -> (text: [UInt8], isPersonal: Bool) {
    var text: [UInt8] = []
    text.reserveCapacity(512)
    let isPersonal = texts.body(wording: matter.wording, place: place(of: matter), into: &text)
    return (variation.styled(text, wording: matter.wording), isPersonal)
  }

  /// The same words about another place. A wording may name no place that differs: then another placing is drawn, and
  /// at last another matter altogether.
  private mutating func decoy(of model: Matter, number: UInt32) -> Matter {
    var matter = model
    matter.first = number
    if random.chance(perMille: 500) {
      matter.district = UInt8(random.below(texts.districts.count))
      matter.station = 0
    }
    let original = body(of: model).text
    for _ in 0..<8 {
      matter.placing = random.next()
      if body(of: matter).text != original { return matter }
    }
    matter.wording = random.next()
    return matter
  }

  private mutating func remember(_ matter: Matter) {
    if recent.count < CorpusGenerator.remembered {
      recent.append(matter)
    } else {
      // Matters leave in the order they came: the place of one follows from how many there were.
      recent[forgotten] = matter
      forgotten = (forgotten + 1) % CorpusGenerator.remembered
    }
  }

  /// Where the oldest matter stands once the ring is full.
  private var forgotten = 0

  /// An earlier matter; the later half of the ring twice as often, and every fourth time one of a few that keep coming.
  private mutating func earlier() -> Matter {
    if random.chance(perMille: 250) { return recent[random.below(min(recent.count, 500))] }
    let age = min(random.below(recent.count), random.below(recent.count))
    return recent[(forgotten + recent.count - 1 - age) % recent.count]
  }

  // MARK: The form's other fields

  private mutating func record(_ number: UInt32, _ matter: Matter, _ content: [UInt8]) -> CorpusRecord {
    let place = place(of: matter)
    var record = CorpusRecord()
    record.content = content
    texts.title(wording: matter.wording, place: place, &random, into: &record.title)
    record.district = place.district
    record.address = place.road + Array("\(place.number)号".utf8)
    if matter.station > 0 { record.station = texts.stations[Int(matter.station) - 1] }
    record.category = category()
    // A record every 31 seconds; Chinese standard time has no summer.
    record.submitted = (Int(number) - 1) * 31 + random.below(31)
    record.number = Int(number)
    record.name = Array((random.one(of: CorpusVocabulary.surnames) + random.one(of: CorpusVocabulary.givenNames)).utf8)
    if random.chance(perMille: 800) { record.phone = CorpusPersonalData.mobile(&random) }
    if random.chance(perMille: 50) { record.email = Array("rider\(random.between(1000, 99999))@example.com".utf8) }
    record.attachments = (0..<random.below(4)).map { _ in random.below(10_000) }
    record.likes = random.below(random.between(1, 40))
    record.status = random.one(of: ["new", "new", "new", "accepted", "transferred", "closed"])
    return record
  }

  private mutating func category() -> [UInt8] {
    var draw = random.below(CorpusVocabulary.categories.reduce(0) { $0 + $1.share })
    for (name, share) in CorpusVocabulary.categories {
      if draw < share { return Array(name.utf8) }
      draw -= share
    }
    return []
  }
}
