internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Synchronization

/// What is kept of a password: `$scrypt$ln=17,r=8,p=1$salt$hash`, salt and hash in base 64 without padding, as the PHC
/// string format has it. scrypt is RFC 7914.
package struct PasswordRecord: Sendable, Hashable {
  /// What a guess costs: 128 · r · 2^ln bytes of memory, filled and read p times.
  package struct Cost: Sendable, Hashable {
    package var logRounds: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(logRounds: Int, blockSize: Int, parallelism: Int) {
      self.logRounds = logRounds
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// N = 2^17, r = 8, p = 1, 128 MiB: the OWASP Password Storage Cheat Sheet's first choice for scrypt and ASVS 5.0
    /// appendix C's least.
    package static let standard = Cost(logRounds: 17, blockSize: 8, parallelism: 1)

    /// Records come from the store; a damaged one must not take the machine's memory.
    var isBearable: Bool {
      (1...20).contains(logRounds) && (1...16).contains(blockSize) && (1...16).contains(parallelism)
    }
  }

  package let cost: Cost
  let salt: [UInt8]
  let hash: [UInt8]

  static let saltLength = 16
  static let hashLength = 32

  /// A new record under a new salt.
  package init(_ password: Password, cost: Cost = .standard) throws(StoreFault) {
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<PasswordRecord.saltLength).map { _ in UInt8.random(in: 0...255, using: &generator) }
    self.cost = cost
    self.salt = salt
    hash = try PasswordRecord.derive(password.bytes, salt: salt, count: PasswordRecord.hashLength, cost: cost)
  }

  /// Nil where the text is no record.
  package init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
    var numbers: [Substring: Int] = [:]
    for setting in parts[2].split(separator: ",") {
      let pair = setting.split(separator: "=")
      guard pair.count == 2, let number = Int(pair[1]) else { return nil }
      numbers[pair[0]] = number
    }
    guard let logRounds = numbers["ln"], let blockSize = numbers["r"], let parallelism = numbers["p"],
      numbers.count == 3, let salt = PasswordRecord.bytes(parts[3]), let hash = PasswordRecord.bytes(parts[4]),
      salt.count == PasswordRecord.saltLength, hash.count == PasswordRecord.hashLength
    else { return nil }
    cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
    guard cost.isBearable else { return nil }
    self.salt = salt
    self.hash = hash
  }

  package var text: String {
    "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$" + PasswordRecord.digits(salt) + "$"
      + PasswordRecord.digits(hash)
  }

  /// Whether it is the password's. Takes as long for a wrong one as for the right one.
  package func matches(_ password: Password) throws(StoreFault) -> Bool {
    let found = try PasswordRecord.derive(password.bytes, salt: salt, count: hash.count, cost: cost)
    // Every byte is looked at whatever the ones before it were.
    return zip(found, hash).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Whether the record is cheaper to guess at than a new one would be, in any of its numbers.
  package func needsRenewal(for wanted: Cost = .standard) -> Bool {
    cost.logRounds < wanted.logRounds || cost.blockSize < wanted.blockSize || cost.parallelism < wanted.parallelism
  }

  /// Stands in for a user who does not exist or has no password: checking against it takes what checking takes.
  static func standIn(cost: Cost) -> PasswordRecord {
    PasswordRecord(
      cost: cost, salt: Array(repeating: 0x5A, count: saltLength), hash: Array(repeating: 0, count: hashLength))
  }

  private init(cost: Cost, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// The bare function, for test vectors.
  ///
  /// One at a time in a process: many at once would take the memory of a small server, 128 MiB each.
  package static func derive(
    _ password: [UInt8], salt: [UInt8], count: Int, cost: Cost
  ) throws(StoreFault) -> [UInt8] {
    // The library takes no empty password; an empty one is refused before it gets here, whatever is typed at sign-in.
    let password = password.isEmpty ? [0] : password
    let derived = turn.withLock { _ in
      try? KDF.Scrypt.deriveKey(
        from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.logRounds, blockSize: cost.blockSize,
        parallelism: cost.parallelism)
    }
    guard let derived else { throw .noMemory(bytes: 128 * cost.blockSize << cost.logRounds) }
    return derived.withUnsafeBytes { Array($0) }
  }

  private static let turn = Mutex(())

  private static func digits(_ bytes: [UInt8]) -> String {
    String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
  }

  private static func bytes(_ digits: Substring) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
    return Data(base64Encoded: String(digits) + padding).map { Array($0) }
  }
}
