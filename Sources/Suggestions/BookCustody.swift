/// 簿本经手: when an opinion book hung on its wall and when it was copied out, as the head of its transcript says.
///
/// All moments are midnights of the named day, in seconds since 1970. Who kept it and who copied it stay on the paper:
/// nothing is worked out from their names.
package struct BookCustody: Sendable, Hashable {
  /// 簿号.
  package var book: String
  /// 启用.
  package var opened: Int64?
  /// 封存: closed and taken from the wall; nil while it hangs.
  package var closed: Int64?
  /// 转录日期, where the transcript says it.
  package var transcribed: Int64?

  package init(book: String, opened: Int64? = nil, closed: Int64? = nil, transcribed: Int64? = nil) {
    self.book = book
    self.opened = opened
    self.closed = closed
    self.transcribed = transcribed
  }

  /// What an earlier transcript said and this one does not, stays said.
  package func completed(by earlier: BookCustody?) -> BookCustody {
    BookCustody(
      book: book, opened: opened ?? earlier?.opened, closed: closed ?? earlier?.closed,
      transcribed: transcribed ?? earlier?.transcribed)
  }
}
