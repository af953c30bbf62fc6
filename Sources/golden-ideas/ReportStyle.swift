/// What a report looks like: on a screen by day and by night, on a phone, and on A4. No `<` and no `&`: it stands in
/// the page as it is.
enum ReportStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light dark;--paper:#fff;--raised:#f5f6f8;--ink:#1c2127;--quiet:#59636e;--rule:#d5dae0;\
    --right:#1d4f91;--wrong:#9a330a;--count:#000;--on-dark:#fff;--mark:#b3400f}
    @media (prefers-color-scheme:dark){:root{--paper:#14181d;--raised:#1d232a;--ink:#e6e9ed;--quiet:#a3adb8;\
    --rule:#38414b;--right:#2f6fc4;--wrong:#b5502a;--count:#e6e9ed;--on-dark:#fff;--mark:#ff9d6f}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:70rem;padding:1.5rem 1rem 3rem;background:var(--paper);color:var(--ink);\
    font:1rem/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
    h1{font-size:1.6rem;line-height:1.3;margin:0 0 .3rem}
    h2{font-size:1.2rem;line-height:1.35;margin:2.4rem 0 .5rem;padding-bottom:.3rem;border-bottom:1px solid var(--rule)}
    h3{font-size:1rem;margin:0 0 .3rem}
    p{margin:.4rem 0;max-width:46rem}
    .facts,.note,caption,.quiet{color:var(--quiet)}
    .note,caption{font-size:.9rem}
    dl.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin:1.2rem 0}
    dl.figures>div{background:var(--raised);border-radius:.5rem;padding:.8rem 1rem}
    dl.figures dt{font-size:.95rem}
    dl.figures dd{margin:0}
    dl.figures .value{font-size:1.7rem;font-weight:600;line-height:1.3}
    dl.figures .note{line-height:1.45}
    .wide{overflow-x:auto;margin:.8rem 0}
    .wide:focus-visible{outline:2px solid var(--right);outline-offset:2px}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    caption{text-align:left;padding-bottom:.3rem}
    th,td{padding:.25rem .6rem;border-bottom:1px solid var(--rule);text-align:left;white-space:nowrap}
    thead th{border-bottom:2px solid var(--rule);font-size:.9rem}
    tbody th{font-weight:500}
    .number{text-align:right}
    table.matrix th,table.matrix td{padding:.2rem .45rem;font-size:.9rem}
    svg{display:block;max-width:100%;height:auto;font-size:12.5px;fill:var(--ink)}
    svg.chart{width:40rem}
    svg .middle{text-anchor:middle}
    svg .end{text-anchor:end}
    svg .axis,svg .quiet{fill:var(--quiet)}
    svg .count{fill:var(--count)}
    svg .on-dark{fill:var(--on-dark)}
    svg .cell{stroke:var(--rule);stroke-width:1}
    svg .cell.right{fill:var(--right)}
    svg .cell.wrong{fill:var(--wrong)}
    svg .bar{fill:var(--right)}
    svg .mark{stroke:var(--mark);stroke-width:3}
    svg .grid{stroke:var(--rule);stroke-width:1}
    svg .curve{fill:none;stroke:var(--right);stroke-width:2.5;stroke-linejoin:round}
    svg .drop{stroke:var(--mark);stroke-width:1.5;stroke-dasharray:4 3}
    svg .dot{fill:var(--mark)}
    ol.mistakes{list-style:none;margin:1rem 0;padding:0}
    ol.mistakes>li{border:1px solid var(--rule);border-radius:.5rem;padding:.8rem 1rem;margin:0 0 .8rem}
    .text{overflow-wrap:anywhere}
    .cases{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:.8rem;margin-top:.6rem}
    .cases ul{list-style:none;margin:.2rem 0 0;padding:0;font-size:.9rem}
    .cases li{display:flex;justify-content:space-between;gap:1rem;border-bottom:1px solid var(--rule)}
    .cases .name{overflow-wrap:anywhere}
    .cases .amount{font-variant-numeric:tabular-nums;white-space:nowrap}
    ul.ids{display:flex;flex-wrap:wrap;gap:.3rem .8rem;padding:0;list-style:none;overflow-wrap:anywhere}
    @media (max-width:30rem){table{font-size:.9rem} th,td{padding:.25rem .35rem} tbody th{white-space:normal}}
    @page{size:A4;margin:14mm}
    @media print{
    :root{color-scheme:light;--paper:#fff;--raised:#f5f6f8;--ink:#000;--quiet:#444;--rule:#bbb;--right:#1d4f91;\
    --wrong:#9a330a;--count:#000;--mark:#b3400f}
    html{font-size:10pt}
    body{max-width:none;padding:0}
    .wide{overflow:visible}
    svg.chart{width:13cm}
    svg{min-width:0!important;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    table{font-size:8.5pt}
    th,td{padding:.15rem .35rem}
    table.matrix th,table.matrix td{padding:.1rem .2rem;font-size:7.5pt}
    h2,.note,caption{break-after:avoid}
    tr,svg,ol.mistakes>li,dl.figures>div{break-inside:avoid}
    }
    """
}
