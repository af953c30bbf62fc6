import Publishing
import TestSupport
import Testing

/// 小数抑制: nothing small is shown, and nothing hidden can be worked out.
struct SmallCellsTests {
  @Test func nothingIsHiddenWhereNothingIsSmall() {
    #expect(SmallCells.hidden([]) == [])
    #expect(SmallCells.hidden([5, 0, 17]) == [])
  }

  @Test func aSmallOneHidesTheNextSmallest() {
    #expect(SmallCells.hidden([40, 3, 9, 20]) == [1, 2])
    #expect(SmallCells.hidden([40, 3, 0, 20]) == [1, 3], "a zero hides nothing while there is something else")
    #expect(SmallCells.hidden([3, 0]) == [0, 1])
  }

  @Test func smallOnesThatAddUpToLittleAreHiddenFurther() {
    #expect(SmallCells.hidden([1, 1, 30, 12]) == [0, 1, 3])
    #expect(SmallCells.hidden([4, 2, 30, 12]) == [0, 1], "together six")
  }

  @Test func hiddenRowsHideOthers() {
    #expect(SmallCells.hidden([6, 7, 30], with: [0]) == [0, 1])
    #expect(SmallCells.hidden([0, 0, 30], with: [0, 1]) == [0, 1], "zeros may be read")
  }

  /// Whatever the numbers: what a reader can subtract is never a small one.
  @Test func noDifferenceIsSmall() {
    var generator = SeededGenerator(7)
    for _ in 0..<5_000 {
      let values = (0..<Int.random(in: 1...9, using: &generator)).map { _ in Int.random(in: 0...12, using: &generator) }
      let hidden = SmallCells.hidden(values)
      for place in values.indices where SmallCells.isSmall(values[place]) { #expect(hidden.contains(place), "\(values)") }
      let rest = hidden.reduce(0) { $0 + values[$1] }
      guard !hidden.isEmpty else { continue }
      // The total itself is hidden when it is small, which is when all that is left are zeros.
      let total = values.reduce(0, +)
      #expect(hidden.count > 1 || values.count == 1, "\(values)")
      #expect(!SmallCells.isSmall(rest) || SmallCells.isSmall(total) || hidden.count == values.count, "\(values)")
    }
  }
}
