import Store
import Testing

/// What is kept of a password, and which ones may be set.
@Suite struct PasswordTests {
  static let cheap = PasswordRecord.Cost(logRounds: 4, blockSize: 8, parallelism: 1)

  private static func digits(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// RFC 7914 §12, the second and the third; the first has an empty password and the fourth takes a gigabyte.
  @Test(arguments: [
    (
      "password", "NaCl", PasswordRecord.Cost(logRounds: 10, blockSize: 8, parallelism: 16),
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
    (
      "pleaseletmein", "SodiumChloride", PasswordRecord.Cost(logRounds: 14, blockSize: 8, parallelism: 1),
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    ),
  ])
  func derivesWhatTheStandardSays(_ vector: (String, String, PasswordRecord.Cost, String)) throws {
    let found = try PasswordRecord.derive(Array(vector.0.utf8), salt: Array(vector.1.utf8), count: 64, cost: vector.2)
    #expect(Self.digits(found) == vector.3)
  }

  @Test func theStandardCostIsWhatOWASPSays() throws {
    #expect(PasswordRecord.Cost.standard == PasswordRecord.Cost(logRounds: 17, blockSize: 8, parallelism: 1))
    let record = try PasswordRecord(Password("井盖旁边有三只猫在晒太阳"))
    #expect(record.text.hasPrefix("$scrypt$ln=17,r=8,p=1$"))
    #expect(try record.matches(Password("井盖旁边有三只猫在晒太阳")))
  }

  @Test func aRecordIsReadBackAndKnowsItsPassword() throws {
    let made = try PasswordRecord(Password("three cats by the manhole"), cost: Self.cheap)
    let read = try #require(PasswordRecord(text: made.text))
    #expect(read == made)
    #expect(try read.matches(Password("three cats by the manhole")))
    for wrong in ["", "three cats by the manhol", "Three cats by the manhole", "three cats by the manhole "] {
      #expect(try !read.matches(Password(wrong)), "\(wrong)")
    }
    #expect(try PasswordRecord(Password("three cats by the manhole"), cost: Self.cheap).text != made.text, "salted")
    #expect(made.text.split(separator: "$").map(\.count).suffix(2) == [22, 43])
  }

  /// Keyboards differ in how they write an é and a space.
  @Test func theSameKeysAreTheSamePassword() throws {
    let made = try PasswordRecord(Password("caf\u{E9} au lait \u{3000}12"), cost: Self.cheap)
    #expect(try made.matches(Password("cafe\u{301} au lait\u{A0} 12")))
    #expect(try !made.matches(Password("cafe au lait  12")))
  }

  @Test(arguments: [
    "", "scrypt", "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA", "$bcrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
    "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8000,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=-4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1$****$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ])
  func refusesWhatIsNoRecord(_ text: String) { #expect(PasswordRecord(text: text) == nil) }

  @Test func asksForRenewalWhenTheCostGrows() throws {
    let record = try PasswordRecord(Password("three cats by the manhole"), cost: Self.cheap)
    #expect(!record.needsRenewal(for: Self.cheap))
    #expect(record.needsRenewal())
    #expect(record.needsRenewal(for: PasswordRecord.Cost(logRounds: 4, blockSize: 8, parallelism: 2)))
    #expect(!record.needsRenewal(for: PasswordRecord.Cost(logRounds: 3, blockSize: 8, parallelism: 1)))
  }

  // MARK: Rules

  private func fault(_ typed: String, name: String = "zhou.min", display: String = "周敏") -> PasswordFault? {
    Password(typed).fault(name: name, display: display)
  }

  @Test func lengthIsCountedInCharacters() {
    #expect(fault("3只猫在晒太阳") == .short(7))
    #expect(fault("三只猫在井盖边上晒着太阳") == nil)
    #expect(fault("abdkeuthwpvm") == nil)
    #expect(fault("abdkeuthwpv") == .short(11))
    #expect(fault("cafe\u{301}abdkeuth") == nil)
    #expect(fault("cafe\u{301}abdkeut") == .short(11))
    let long = String(repeating: "猫在晒太阳abc", count: 16)
    #expect(fault(long) == nil)
    #expect(fault(long + "x") == .long(129))
  }

  @Test func noCompositionIsAskedFor() {
    for typed in ["correct dinner train mug", "horse 8 kettle staple", "aaabkdjweurb", "全都是汉字也可以当作口令吧"] {
      #expect(fault(typed) == nil, "\(typed)")
    }
  }

  @Test func controlCharactersAreNoPassword() {
    #expect(fault("three cats\u{0}by the manhole") == .control)
    #expect(fault("three cats\nby the manhole") == .control)
  }

  @Test(arguments: ["zhou.minzhou.min", "ZHOU.MIN2025!", "zhou.min.1234", "ＺＨＯＵ．ＭＩＮ12345"])
  func theNameIsNoPassword(_ typed: String) { #expect(fault(typed) == .name) }

  @Test func aLongPasswordMayHoldTheName() {
    #expect(fault("zhou.min walks the dog at dawn") == nil)
    #expect(fault("周敏每天清早六点遛狗去江边", display: "周敏") == nil)
    #expect(fault("li fell into the manhole", name: "li") == nil)
  }

  @Test(arguments: [
    "password1234", "Password123!", "P@ssw0rd2024", "qwertyuiop123", "123456789012", "111111111111", "abcabcabcabc",
    "administrator", "iloveyou5201314", "woaini1314520", "1qaz2wsx3edc", "changde2025!", "goldenideas123",
    "jindianzi2025", "zxcvbnm,./123", "asdfghjkl;123", "abcdefghijkl", "correct horse battery staple",
    "qwerqwerqwer", "9876543210987",
    "admin@123456", "常德骑手驿站20250101",
  ])
  func theCommonestAreRefused(_ typed: String) { #expect(fault(typed) != nil) }
}
