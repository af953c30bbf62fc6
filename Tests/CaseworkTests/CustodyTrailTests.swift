import Testing

import Casework

/// From the book on the wall to the answer: what is known, how long it took, and what is not known.
struct CustodyTrailTests {
  typealias Step = CustodyTrail.Step
  typealias Lag = CustodyTrail.Lag

  static let day: Int64 = 86_400

  @Test func everyStepIsKnown() {
    let moments = Dictionary(uniqueKeysWithValues: Step.allCases.map { ($0, Int64($0.rawValue) * Self.day) })
    let trail = CustodyTrail(moments)
    #expect(trail.moments == moments && trail.unknown.isEmpty)
    #expect(trail.lags.map(\.to) == [.collected, .transcribed, .submitted, .answered, .told])
    #expect(trail.lags.allSatisfy { $0.seconds == Self.day })
  }

  /// What is not known is passed over: the lag is from the last step that is.
  @Test func whatIsNotKnownIsSaid() {
    let trail = CustodyTrail([.written: 0, .submitted: 9 * Self.day])
    #expect(trail.lags == [Lag(from: .written, to: .submitted, seconds: 9 * Self.day)])
    #expect(trail.unknown == [.collected, .transcribed])
    // Steps that have not come are not unknown.
    #expect(CustodyTrail([.written: 0, .collected: 1, .transcribed: 2, .submitted: 3]).unknown.isEmpty)
    #expect(CustodyTrail([:]).unknown.isEmpty && CustodyTrail([:]).lags.isEmpty)
    #expect(CustodyTrail([.told: 5]).unknown == [.written, .collected, .transcribed, .submitted, .answered])
  }

  @Test func aStepOutOfTurnIsNoStepOfTheEntry() {
    // Copied out while the book hung; answered before it was handed in, as part of another.
    let trail = CustodyTrail([.written: 0, .collected: 20, .submitted: 10, .answered: 5, .told: 6])
    #expect(trail.moments == [.written: 0, .submitted: 10])
    // The day of closing is the day it was taken in.
    #expect(CustodyTrail([.collected: 10, .submitted: 10]).lags == [Lag(from: .collected, to: .submitted, seconds: 0)])
    // A date that cannot be: both are shown, no lag is made of them.
    let wrong = CustodyTrail([.written: 8, .collected: 5, .submitted: 10])
    #expect(wrong.moments.count == 3 && wrong.lags == [Lag(from: .collected, to: .submitted, seconds: 5)])
  }

  @Test func mediansAreOfWhatHappened() {
    let trails = [3, 1, 100, 2].map { CustodyTrail([.written: 0, .submitted: $0]) } + [
      CustodyTrail([.written: 0, .collected: 7, .submitted: 8]), CustodyTrail([.submitted: 4, .answered: 9]),
    ]
    let lags = CustodyLags(trails)
    #expect(
      lags.lines == [
        CustodyLags.Line(from: .written, to: .collected, count: 1, median: 7),
        CustodyLags.Line(from: .written, to: .submitted, count: 4, median: 2),
        CustodyLags.Line(from: .collected, to: .submitted, count: 1, median: 1),
        CustodyLags.Line(from: .submitted, to: .answered, count: 1, median: 5),
      ])
    #expect(lags.unknown == [.written: 1, .collected: 5, .transcribed: 6])
    #expect(CustodyLags([]).lines.isEmpty)
  }
}
