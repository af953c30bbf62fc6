import Testing

/// Any sequence of records taken in, taken in again, corrected and erased, of merges, partings and other acts leaves every
/// submission in exactly one suggestion, support the number of distinct writers, and nothing lost.
struct MatterSequencesTests {
  /// 10,000 sequences; without optimisation a twentieth of them. A store is made for fifty at a time, whose steps come in
  /// any order: making stores and looking through them whole is what takes the time.
  #if DEBUG
    static let blocks = 10
  #else
    static let blocks = 200
  #endif
  static let together = 50

  @Test(arguments: 0..<blocks) func anySequenceKeepsEverything(_ block: Int) throws {
    let sequences = try MatterSequences(seed: UInt64(block), count: MatterSequencesTests.together)
    for _ in 0..<4 {
      try sequences.takeIn()
      try sequences.act(each: 3)
      try sequences.eraseAsked()
      try sequences.compare()
    }
    try sequences.isSound()
    try sequences.takeAllInAgain()
    try sequences.part()
    try sequences.compare()
    try sequences.isSound()
  }
}
