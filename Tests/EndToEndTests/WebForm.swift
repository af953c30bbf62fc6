/// Records of the web form as tests write them. All fields are there, so that the form is recognised for what it is.
struct WebForm {
  var id: String
  var title = "井盖破损"
  var content: String

  var xml: String {
    """
      <suggestion id="\(id)">
        <title>\(title)</title>
        <content>\(content)</content>
        <category>问题反映</category>
        <submitted_at>2025-06-01T10:00:00+08:00</submitted_at>
        <district>鼎城区</district>
        <address>花溪路</address>
        <contact><name>甲</name></contact>
        <attachment>IMG_0001.jpg</attachment>
        <likes>1</likes>
        <status>new</status>
      </suggestion>

    """
  }

  var json: String {
    """
    {"id":"\(id)","title":"\(title)","content":"\(content)","category":"问题反映",\
    "submitted_at":"2025-06-01T10:00:00+08:00","district":"鼎城区","address":"花溪路","contact":{"name":"甲"},\
    "attachments":["IMG_0001.jpg"],"likes":1,"status":"new"}
    """
  }

  static let xmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  static func document(_ records: [WebForm]) -> String {
    xmlHead + "<suggestions platform=\"德智汇\">\n" + records.map(\.xml).joined() + "</suggestions>\n"
  }

  static func lines(_ records: [WebForm]) -> String { records.map { $0.json + "\n" }.joined() }
}
