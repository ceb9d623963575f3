"""Which connections need an assessment in force: those that carry the Individual Number (番号法第28条)."""

from sekisho.kernel.council.consultation.dossier import Dossier


def arrows_needing_assessment(dossier: Dossier) -> frozenset[str]:
    """The arrows under review that carry the Individual Number, as their sheets or the chart say."""
    sheets = {each.connection for each in dossier.sheets if any(item.individual_number for item in each.items)}
    chart = {
        each.connection
        for each in dossier.chart.under_review()
        if any(item.item == "individual_number" for item in each.items)
    }
    return frozenset(sheets | chart)
