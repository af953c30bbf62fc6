internal import Suggestions

/// A value met in the record at hand, for one path of the profile.
struct FieldSlot {
  var span: ByteSpan
  /// Something stood here that is no text: an object, an array in an array, an element with elements in it.
  var isUnreadable: Bool
  /// The bytes may hold a carriage return.
  var hasReturns: Bool

  static var empty: FieldSlot { FieldSlot(span: .absent, isUnreadable: false, hasReturns: false) }
}

/// Puts a record's values together: picks among candidates, trims, translates, fills in, checks, reads the date.
///
/// Compiled from the profile into flat tables, as it runs once for each record. One thread at a time.
final class FieldAssembly {
  private struct Rule {
    var field: Field
    var isRequired: Bool
    var isDate: Bool
    var firstSlot: Int
    var slotCount: Int
    var firstValue: Int
    var valueCount: Int
    /// In `constants`; absent = none.
    var fallback: ByteSpan
  }

  /// Distinct paths of the profile; a path's place in the list is the number of its slot.
  let paths: [FieldPath]
  let slots: UnsafeMutablePointer<FieldSlot>
  private let rules: UnsafeMutablePointer<Rule>
  private let ruleCount: Int
  private let slotNumbers: UnsafeMutablePointer<Int>
  private let translations: UnsafeMutablePointer<(written: ByteSpan, stored: ByteSpan)>
  private let constants: UnsafeMutablePointer<UInt8>
  private let zone: DateZone
  private let dates: [DatePattern]
  private let expectedDates: String
  /// The pattern that read the last date is tried first; patterns of one profile do not contradict one another.
  private var lastPattern = 0
  private let fieldBytes: Int

  init(profile: FormProfile, limits: IntakeLimits) {
    var paths: [FieldPath] = []
    var numbers: [Int] = []
    var rules: [Rule] = []
    var translations: [(written: ByteSpan, stored: ByteSpan)] = []
    var constants: [UInt8] = []
    func constant(_ text: String) -> ByteSpan {
      let span = ByteSpan(offset: UInt32(constants.count), count: UInt32(text.utf8.count))
      constants += Array(text.utf8)
      return span
    }
    for mapping in profile.mappings {
      let firstSlot = numbers.count
      for path in mapping.paths {
        if let known = paths.firstIndex(of: path) {
          numbers.append(known)
        } else {
          numbers.append(paths.count)
          paths.append(path)
        }
      }
      let firstValue = translations.count
      translations += mapping.values.map { (constant($0.written), constant($0.stored)) }
      rules.append(
        Rule(
          field: mapping.field, isRequired: profile.required.contains(mapping.field),
          isDate: mapping.field == .submittedAt, firstSlot: firstSlot,
          slotCount: mapping.paths.count, firstValue: firstValue, valueCount: mapping.values.count,
          fallback: mapping.fallback.map { constant($0) } ?? .absent))
    }
    self.paths = paths
    slots = .allocate(capacity: max(1, paths.count))
    slots.initialize(repeating: .empty, count: max(1, paths.count))
    self.rules = FieldAssembly.flat(rules)
    ruleCount = rules.count
    slotNumbers = FieldAssembly.flat(numbers)
    self.translations = FieldAssembly.flat(translations)
    self.constants = FieldAssembly.flat(constants)
    zone = profile.zone
    dates = profile.dates
    expectedDates = profile.dates.map(\.text).joined(separator: ", ")
    fieldBytes = limits.fieldBytes
  }

  private static func flat<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let block = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() { (block + index).initialize(to: element) }
    return block
  }

  deinit {
    slots.deallocate()
    rules.deallocate()
    slotNumbers.deallocate()
    translations.deallocate()
    constants.deallocate()
  }

  /// Forgets the values of the record before.
  @inline(__always)
  func reset() {
    for index in 0..<paths.count { slots[index] = .empty }
  }

  /// Fills the draft's fields and instant from the slots, whose spans lie in `arena`; the reason when it cannot be.
  func assemble(_ draft: inout Draft, arena: inout Arena) -> SetAsideReason? {
    for number in 0..<ruleCount {
      let rule = rules + number
      var span = ByteSpan(offset: .max, count: 0)
      var isUnreadable = false
      var candidate = rule.pointee.firstSlot
      let last = candidate + rule.pointee.slotCount
      while candidate < last, span.count == 0 {
        let slot = slots + slotNumbers[candidate]
        candidate += 1
        if slot.pointee.isUnreadable {
          isUnreadable = true
          continue
        }
        if slot.pointee.span.offset == .max { continue }
        if Int(slot.pointee.span.count) > fieldBytes { return .limitExceeded(name: "field bytes", limit: fieldBytes) }
        trim(&slot.pointee, arena: &arena)
        if span.offset == .max || slot.pointee.span.count > 0 { span = slot.pointee.span }
      }
      if span.count == 0 {
        if isUnreadable { return .unreadableField(rule.pointee.field.name, expected: "text") }
        let fallback = rule.pointee.fallback
        if fallback.offset != .max {
          span = arena.append(
            UnsafeRawBufferPointer(start: constants + Int(fallback.offset), count: Int(fallback.count)))
        } else if rule.pointee.isRequired {
          return .missingField(rule.pointee.field.name)
        } else if span.offset == .max {
          continue
        }
      } else if rule.pointee.valueCount > 0 {
        span = translate(span, rule.pointee, arena: &arena)
      }
      draft[rule.pointee.field] = span
      if rule.pointee.isDate, span.count > 0 {
        guard let instant = instant(arena.bytes(span)) else {
          return .unreadableField(rule.pointee.field.name, expected: expectedDates)
        }
        draft.submittedAt = instant
      }
    }
    return nil
  }

  private func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    if lastPattern < dates.count, let instant = dates[lastPattern].instant(bytes, zone: zone) { return instant }
    for (number, pattern) in dates.enumerated() where number != lastPattern {
      if let instant = pattern.instant(bytes, zone: zone) {
        lastPattern = number
        return instant
      }
    }
    return nil
  }

  private func translate(_ span: ByteSpan, _ rule: Rule, arena: inout Arena) -> ByteSpan {
    let bytes = arena.bytes(span)
    for number in rule.firstValue..<(rule.firstValue + rule.valueCount) {
      let entry = translations[number]
      guard entry.written.count == span.count else { continue }
      let written = UnsafeBufferPointer(start: constants + Int(entry.written.offset), count: bytes.count)
      if written.elementsEqual(bytes) {
        return arena.append(
          UnsafeRawBufferPointer(start: constants + Int(entry.stored.offset), count: Int(entry.stored.count)))
      }
    }
    return span
  }

  /// Takes white space off both ends; CRLF inside becomes LF, in place.
  @inline(__always)
  private func trim(_ slot: inout FieldSlot, arena: inout Arena) {
    let bytes = arena.bytes(slot.span)
    guard bytes.count > 0 else { return }
    if !slot.hasReturns, !FieldAssembly.mayBeSpace(bytes[0]), !FieldAssembly.mayEndSpace(bytes[bytes.count - 1]) {
      return
    }
    trim(&slot, bytes)
  }

  /// Whether a white-space character can begin with this byte.
  @inline(__always)
  private static func mayBeSpace(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0xC2 || byte == 0xE3 || byte == 0xEF
  }

  @inline(__always)
  private static func mayEndSpace(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0xA0 || byte == 0x80 || byte == 0xBF
  }

  @inline(never)
  private func trim(_ slot: inout FieldSlot, _ bytes: UnsafeBufferPointer<UInt8>) {
    var from = 0
    var to = bytes.count
    while from < to {
      let width = FieldAssembly.space(bytes, from, to)
      if width == 0 { break }
      from += width
    }
    while from < to {
      let width = FieldAssembly.spaceBefore(bytes, from, to)
      if width == 0 { break }
      to -= width
    }
    if slot.hasReturns, let base = bytes.baseAddress {
      // These bytes are this field's alone: whoever saw a carriage return had to write the text out anew.
      let mutable = UnsafeMutablePointer(mutating: base)
      var write = from
      for read in from..<to where !(base[read] == 0x0D && read + 1 < to && base[read + 1] == 0x0A) {
        mutable[write] = base[read]
        write += 1
      }
      to = write
      slot.hasReturns = false
    }
    slot.span = ByteSpan(offset: slot.span.offset + UInt32(from), count: UInt32(to - from))
  }

  /// Bytes of the white-space character at `from`: space, tab, CR, LF, U+00A0, U+3000, U+FEFF; 0 for another.
  @inline(__always)
  private static func space(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int {
    switch bytes[from] {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xC2: return from + 1 < to && bytes[from + 1] == 0xA0 ? 2 : 0
    case 0xE3: return from + 2 < to && bytes[from + 1] == 0x80 && bytes[from + 2] == 0x80 ? 3 : 0
    case 0xEF: return from + 2 < to && bytes[from + 1] == 0xBB && bytes[from + 2] == 0xBF ? 3 : 0
    default: return 0
    }
  }

  @inline(__always)
  private static func spaceBefore(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int {
    switch bytes[to - 1] {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xA0: return to - from >= 2 && bytes[to - 2] == 0xC2 ? 2 : 0
    case 0x80: return to - from >= 3 && bytes[to - 2] == 0x80 && bytes[to - 3] == 0xE3 ? 3 : 0
    case 0xBF: return to - from >= 3 && bytes[to - 2] == 0xBB && bytes[to - 3] == 0xEF ? 3 : 0
    default: return 0
    }
  }
}
