import Stages
import Suggestions
import TestSupport
import Testing

/// Who was here before, and that nobody gets lost.
struct IdentityTests {
  @Test func nothingVanishes() throws {
    var line = try Line()
    var drafts = DraftBatch()
    for number in 0..<50 { drafts.add(Record("\(number % 40)", number % 3 == 0 ? "" : "井盖坏了\(number % 7)")) }
    drafts.setAside.append(
      SetAside(
        position: RecordPosition(ordinal: 51, line: 51, byteOffset: 900), faultLine: 51, faultColumn: 3,
        reason: .missingField("body"), bytes: [0x7B], totalBytes: 1))
    let batch = line.batch(of: drafts)
    let setAside = batch.columns.drafts.setAside.count
    let rows = line.outcomesOf(batch)
    #expect(rows.count == 50)
    #expect(setAside == 1)
    let new = rows.filter { $0.disposition == .new }.count
    let revised = rows.filter { $0.disposition == .revised }.count
    let unchanged = rows.filter { $0.disposition == .unchanged }.count
    #expect(new + revised + unchanged == 50)
    #expect(new == 40)
    #expect(line.deduplicate.tail == 40)
    let haveNumbers = rows.allSatisfy { (1...40).contains($0.submission) }
    #expect(haveNumbers)
    let submissions = Set(rows.map(\.submission))
    #expect(submissions == Set(1...40))
  }

  @Test func anEmptyBatchIsAnEmptyBatch() throws {
    var line = try Line()
    #expect(line.run([]).isEmpty)
    let empty = line.batch(of: DraftBatch()).columns.rows.count
    #expect(empty == 0)
  }

  @Test func theSameIsUnchangedAndACorrectionIsRevised() throws {
    var line = try Line()
    let first = line.run([Record("A", "花溪路的井盖坏了，请来修"), Record("B", "车棚漏雨，请修一修")])
    #expect(first.map(\.disposition) == [.new, .new])
    #expect(first.map(\.submission) == [1, 2])
    #expect(first.map(\.suggestion) == [1, 2])

    let again = line.run([Record("B", "车棚漏雨，请修一修"), Record("A", "花溪路的井盖坏了，请来修")])
    #expect(again.map(\.disposition) == [.unchanged, .unchanged])
    #expect(again.map(\.submission) == [2, 1])

    let corrected = line.run([Record("A", "花溪路的两块井盖都坏了，请来修")])
    #expect(corrected.map(\.disposition) == [.revised])
    #expect(corrected.map(\.submission) == [1])
    #expect(corrected.map(\.suggestion) == [1])
    // Its own earlier text is not a duplicate of it.
    #expect(corrected.map(\.duplicate) == [.none])

    // An old export read again changes nothing, though a newer version came between.
    let old = line.run([Record("A", "花溪路的井盖坏了，请来修"), Record("A", "花溪路的两块井盖都坏了，请来修")])
    #expect(old.map(\.disposition) == [.unchanged, .unchanged])
    #expect(line.deduplicate.tail == 2)
  }

  @Test func identityIsSourceAndID() throws {
    var line = try Line()
    let form = line.run([Record("7", "井盖坏了")])
    line.source = "hotline"
    let hotline = line.run([Record("7", "井盖坏了")])
    #expect(form[0].identity != hotline[0].identity)
    #expect(hotline[0].disposition == .new)
    #expect(hotline[0].submission == 2)
    // Source and id are not simply run together.
    line.source = "hot"
    #expect(line.run([Record("line7", "井盖坏了")])[0].disposition == .new)
  }

  @Test func recordsWithoutAnIDAreKnownByContentAndOccurrence() throws {
    let file = [
      Record(nil, "同意"), Record(nil, "饮水机坏了"), Record(nil, "同意"), Record("", "同意"), Record(nil, "同意", title: "附议"),
    ]
    var line = try Line()
    line.deduplicate.beginFile()
    let first = line.run(file)
    #expect(first.map(\.disposition) == [.new, .new, .new, .new, .new])
    #expect(Set(first.map(\.externalID)).count == 5)
    let areNamed = first.allSatisfy { $0.externalID.hasPrefix("~") }
    #expect(areNamed)
    #expect(first[0].externalID.dropLast() == first[2].externalID.dropLast())
    #expect(first.map { $0.externalID.last } == ["1", "1", "2", "3", "1"])

    line.deduplicate.beginFile()
    let again = line.run(file)
    #expect(again.map(\.disposition) == Array(repeating: .unchanged, count: 5))
    #expect(again.map(\.submission) == first.map(\.submission))
    #expect(again.map(\.externalID) == first.map(\.externalID))

    // One more of the same at the end is one more, whatever the batches.
    line.deduplicate.beginFile()
    let longer = line.run(file + [Record(nil, "同意")], batchSize: 2)
    #expect(longer.map(\.disposition) == Array(repeating: .unchanged, count: 5) + [.new])
  }

  /// Whatever an erased one says now, and also one that has no id of its own.
  @Test func theErasedArePassedOver() throws {
    var line = try Line()
    let first = line.run([Record("A", "花溪路的井盖坏了"), Record(nil, "同意"), Record("B", "车棚漏雨，请修一修")])
    let erased = Set(first.prefix(2).map(\.identity))
    var later = try Line()
    later.deduplicate.passOver { erased.contains($0) }
    let again = later.run([
      Record("A", "花溪路的井盖坏了"), Record(nil, "同意"), Record("A", "花溪路的两块井盖都坏了"), Record("B", "车棚漏雨，请修一修"),
      Record("C", "花溪路的井盖坏了"),
    ])
    #expect(again.map(\.disposition) == [.unchanged, .unchanged, .unchanged, .new, .new])
    #expect(again.map(\.submission) == [0, 0, 0, 1, 2])
    // Nobody is compared with them.
    #expect(again.last?.duplicate == DuplicateKind.none)
  }

  // MARK: Digest

  @Test func theDigestIsOverContentNotOverForm() throws {
    let record = Record(
      "A", "井盖坏了", title: "井盖", region: "东区", at: 1_750_000_000,
      more: [.submittedAt: "2025-06-15 23:06:40", .likes: "3", .attachments: "a.jpg\nb.jpg"])
    var otherDate = record
    otherDate.fields[.submittedAt] = "2025-06-15T15:06:40Z"
    var withEmpty = record
    withEmpty.fields[.address] = ""
    withEmpty.fields[.email] = ""
    func digest(_ record: Record, order: [Field] = Field.allCases) throws -> ContentDigest {
      var line = try Line()
      var drafts = DraftBatch()
      drafts.add(record, order: order)
      return line.outcomesOf(line.batch(of: drafts))[0].digest
    }
    let expected = try digest(record)
    #expect(try digest(record, order: Field.allCases.reversed()) == expected)
    #expect(try digest(otherDate) == expected)
    #expect(try digest(withEmpty) == expected)

    for field in Field.allCases where record.fields[field] != nil && field != .submittedAt {
      var changed = record
      changed.fields[field] = (record.fields[field] ?? "") + "x"
      #expect(try digest(changed) != expected, "\(field.name)")
      changed.fields[field] = nil
      #expect(try digest(changed) != expected, "\(field.name)")
    }
    var later = record
    later.submittedAt = 1_750_000_001
    #expect(try digest(later) != expected)
    // What moves from one field into the next is a change.
    var moved = record
    moved.fields[.title] = "井盖井"
    moved.fields[.body] = "盖坏了"
    #expect(try digest(moved) != expected)
  }

  @Test func anUnreadableDateCountsAsWritten() throws {
    func digest(_ date: String) throws -> ContentDigest {
      var line = try Line()
      return line.run([Record("A", "井盖坏了", more: [.submittedAt: date])])[0].digest
    }
    #expect(try digest("六月的一天") == digest("六月的一天"))
    #expect(try digest("六月的一天") != digest("七月的一天"))
  }

  @Test func volatileFieldsDoNotCount() throws {
    var line = try Line()
    line.volatile = [.likes, .status]
    let first = line.run([Record("A", "井盖坏了", more: [.likes: "3", .status: "open"])])
    let second = line.run([Record("A", "井盖坏了", more: [.likes: "40"])])
    #expect(first[0].disposition == .new)
    #expect(second[0].disposition == .unchanged)
    let third = line.run([Record("A", "井盖坏了", more: [.likes: "40", .address: "花溪路"])])
    #expect(third[0].disposition == .revised)
  }

  // MARK: The table itself

  @Test func theTableKeepsAllVersionsWhileItGrows() {
    var table = IdentityTable()
    var generator = SeededGenerator(3)
    var versions: [(identity: UInt64, digest: UInt64, number: UInt32)] = []
    for number in 1...UInt32(9_000) {
      let identity = generator.next()
      // Every third has a second version.
      for _ in 0..<(number % 3 == 0 ? 2 : 1) {
        let digest = generator.next()
        table.insert(identity, digest, number: number)
        versions.append((identity, digest, number))
      }
    }
    var wrong = 0
    for version in versions {
      if case .unchanged(version.number) = table.find(version.identity, version.digest) {} else { wrong += 1 }
      if case .revised(version.number) = table.find(version.identity, version.digest &+ 1) {} else { wrong += 1 }
      if case .new = table.find(version.identity &+ 1, version.digest) {} else { wrong += 1 }
    }
    #expect(wrong == 0)
    let count = table.count
    #expect(count == 12_000)
  }
}
