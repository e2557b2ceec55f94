"""The pages, one module each: a function from an `Ask` to a `View`, and its `routes`.

    def quality(ask: Ask) -> View:
        counts = ask.record.counts()
        return View(title="Data quality", value=lambda: {"counts": counts}, show={"counts": counts})

    routes = page("/quality", "quality", quality)

`page` gives it `/quality` (templates/quality.html, which extends base.html and sees `view`, `value`, `state`, `site`
and what is in `view.show`), `/quality.json`, `.csv` and `.zip`. The module's name goes into `app.VIEWS`, its address
into `app.MENU` where it belongs there.
"""
