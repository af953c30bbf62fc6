import Foundation
import Store
import Testing

/// The log moved beside the commits: nothing is lost, and the log does not grow for ever.
struct BackgroundCheckpointTests {
  private func logBytes(_ sample: SampleStore) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: sample.path + "-wal")[.size] as? Int ?? 0
  }

  private func take(_ sample: SampleStore, _ round: Int) throws {
    try sample.take((0..<200).map { SampleRecord("R-\(round)-\($0)") })
  }

  @Test func commitsGoOnWhileTheLogIsMoved() throws {
    let sample = try SampleStore()
    let checkpoint = try BackgroundCheckpoint(sample.store)
    var ended = 0
    for round in 0..<30 {
      try take(sample, round)
      if try checkpoint.hasEnded() {
        try sample.store.checkpoint(isFinal: false)
        ended += 1
      } else {
        checkpoint.start()
      }
    }
    try checkpoint.end()
    try sample.store.checkpoint()
    #expect(ended > 0)
    #expect(try sample.integer("SELECT count(*) FROM submission") == 6000)
    #expect(try sample.store.verify().faults == [])
    #expect(try logBytes(sample) == 0)
    try sample.reopen()
    #expect(try sample.integer("SELECT count(*) FROM submission") == 6000)
    #expect(try sample.store.verify().faults == [])
  }

  /// Its end is told once, and only then may the next one begin.
  @Test func theEndIsToldOnce() throws {
    let sample = try SampleStore()
    let checkpoint = try BackgroundCheckpoint(sample.store)
    #expect(try !checkpoint.hasEnded())
    try take(sample, 0)
    checkpoint.start()
    while try !checkpoint.hasEnded() { Thread.sleep(forTimeInterval: 0.001) }
    #expect(try !checkpoint.hasEnded())
    // All of it was moved: what is in the log is in the file, and the next commit begins the log anew.
    let bytes = try logBytes(sample)
    try sample.tamper("UPDATE setting SET value = value")
    #expect(try logBytes(sample) == bytes)
    try checkpoint.end()
  }
}
