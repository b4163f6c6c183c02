
/* Added by cobnut.webconsole to Felix's support.js: values are text and never markup, and no handler stands in a page. */
(function() {
	function text(value) {
		if (typeof value === 'string')
			return value.replace(/[&<>"']/g, function(c) { return '&#' + c.charCodeAt(0) + ';'; });
		if ($.isArray(value)) return $.map(value, text);
		if (value && typeof value === 'object') {
			var copy = {};
			for (var key in value) copy[key] = text(value[key]);
			return copy;
		}
		return value;
	}

	$(document).ready(function() {
		var details = window.renderDetails;
		if (typeof details === 'function') {
			window.renderDetails = function(data) {
				$.each(data.data || [], function(index, entry) {
					// Once only: a page may hand the same data in again.
					if (entry.escaped) return;
					entry.escaped = true;
					$.each(['props', 'usingBundles'], function(i, part) {
						if (entry[part]) entry[part] = text(entry[part]);
					});
				});
				details(data);
			};
		}
		$('[onclick]').each(function() {
			var question = /confirm\('([^']*)'\)/.exec($(this).attr('onclick'));
			$(this).removeAttr('onclick').click(function() {
				return question ? confirm(question[1]) : abort(pluginRoot);
			});
		});
		$(document).on('click', 'a[href^="javascript:displayBundle("]', function(event) {
			event.preventDefault();
			displayBundle(/'([^']*)'/.exec($(this).attr('href'))[1]);
		});
	});

	window.Xalert = function(message, title) {
		var plain = String(message).replace(/<br\s*\/?>|<\/?pre>/g, ' ');
		Xdialog('').text(plain).dialog({
			modal : true,
			title : title === 'AJAX Error' ? 'Not done' : title || '',
			width : '70%',
			buttons : { 'Ok' : function() { $(this).dialog('close'); } }
		});
		return false;
	};
})();
