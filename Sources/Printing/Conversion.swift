/// What every conversion has in common: where the converters are, how long they may take.
package struct Conversion: Sendable {
  package let shelf: ConverterShelf
  private let child: ChildProcess

  /// - Parameters:
  ///   - seconds: for one run of a converter.
  ///   - isCancelled: asked while a converter runs; then it is ended.
  package init(
    shelf: ConverterShelf = ConverterShelf(), seconds: Int = 120,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.shelf = shelf
    child = ChildProcess(limit: seconds, isCancelled: isCancelled)
  }

  /// Runs a converter to its good end.
  func run(
    _ converter: Converter, _ program: String, _ arguments: [String], in folder: WorkFolder, instant: Int64 = 0,
    output: String? = nil
  ) throws(PrintingFault) {
    let surroundings = shelf.surroundings(in: folder.path, instant: instant)
    switch child.run(program, arguments, in: folder.path, environment: surroundings, output: output) {
    case .exited(0): return
    case .exited(let status): throw .failed(converter, status: status)
    case .killed(let signal): throw .failed(converter, status: 128 + signal)
    case .timedOut: throw .timedOut(converter, seconds: child.limit)
    case .cancelled: throw .cancelled
    case .notStarted: throw .misnamed(converter)
    }
  }
}
