(* The lemmas of FORMAT.md whose proofs are linear algebra. *)
From Exactdyn Require Export Sums.
Import ListNotations.
Open Scope Q_scope.

Section Lemmas.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation dot := (dot s).
Notation form := (form s).
Notation image := (image s).
Notation same := (same s).
Notation attends := (attends s).
Notation attends_b := (attends_b s).
Notation attended := (attended s).
Notation number := (number s).
Notation step := (step s).
Notation run := (run s).

(* -- vectors -- *)
Lemma dot_ext x x' y y' : same x x' -> same y y' -> dot x y == dot x' y'.
Proof. intros H K. apply sum_ext. intros r Hr. rewrite (H r Hr), (K r Hr). reflexivity. Qed.

Lemma image_ext x x' : same x x' -> same (image x) (image x').
Proof. intros H r _. apply dot_ext; [intros t _; reflexivity|exact H]. Qed.

Lemma form_ext x x' y y' : same x x' -> same y y' -> form x y == form x' y'.
Proof. intros H K. apply dot_ext; [apply image_ext; exact H|exact K]. Qed.

Lemma same_refl x : same x x. Proof. intros r _. reflexivity. Qed.
Lemma same_sym x y : same x y -> same y x.
Proof. intros H r Hr. rewrite (H r Hr). reflexivity. Qed.
Lemma same_trans x y z : same x y -> same y z -> same x z.
Proof. intros H K r Hr. rewrite (H r Hr). apply K, Hr. Qed.

Lemma dot_lin_r u a b x y : dot u (fun r => a * x r + b * y r) == a * dot u x + b * dot u y.
Proof.
  unfold dot, Dynamics.dot. rewrite <- !sum_scal, <- sum_plus. apply sum_ext. intros; ring.
Qed.
Lemma dot_comm x y : dot x y == dot y x.
Proof. apply sum_ext. intros; ring. Qed.
Lemma dot_lin_l u a b x y : dot (fun r => a * x r + b * y r) u == a * dot x u + b * dot y u.
Proof. rewrite dot_comm, dot_lin_r, (dot_comm u x), (dot_comm u y). reflexivity. Qed.
Lemma form_lin_r u a b x y : form u (fun r => a * x r + b * y r) == a * form u x + b * form u y.
Proof. apply dot_lin_r. Qed.
Lemma form_lin_l u a b x y : form (fun r => a * x r + b * y r) u == a * form x u + b * form y u.
Proof.
  unfold form, Dynamics.form. rewrite <- dot_lin_l. apply dot_ext; [|apply same_refl].
  intros r _. apply dot_lin_r.
Qed.
Lemma dot_sum u m (w : nat -> Q) (Y : state) :
  dot u (fun r => sum m (fun j => w j * Y j r)) == sum m (fun j => w j * dot u (Y j)).
Proof.
  unfold dot, Dynamics.dot.
  rewrite (sum_ext d _ (fun r => sum m (fun j => w j * (u r * Y j r)))).
  - rewrite sum_swap. apply sum_ext. intros j _. rewrite sum_scal. reflexivity.
  - intros r _. rewrite <- sum_scal. apply sum_ext. intros; ring.
Qed.
Lemma form_double x y :
  form x y == sum d (fun r => sum d (fun t => A s r t * x t * y r)).
Proof.
  unfold form, Dynamics.form, image, Dynamics.image, dot, Dynamics.dot.
  apply sum_ext. intros r _. rewrite <- sum_scal_r. reflexivity.
Qed.
Lemma form_symmetric : symmetric s -> forall x y, form x y == form y x.
Proof.
  intros H x y. rewrite !form_double, sum_swap. apply sum_ext. intros t Ht.
  apply sum_ext. intros r Hr. rewrite (H r t Hr Ht). ring.
Qed.

(* -- attention -- *)
Lemma attends_spec Y i j : (j < n)%nat -> (attends_b Y i j = true <-> attends Y i j).
Proof.
  intros Hj. unfold attends_b, Dynamics.attends_b. rewrite forallb_forall. split.
  - intros H. split; [assumption|]. intros l Hl. apply Qle_bool_iff, H, in_seq. lia.
  - intros [_ H] l Hl. apply Qle_bool_iff, H. apply in_seq in Hl. lia.
Qed.

Lemma argmax m (f : nat -> Q) : (0 < m)%nat ->
  exists j, (j < m)%nat /\ forall l, (l < m)%nat -> f l <= f j.
Proof.
  induction m as [|m IH]; [lia|]. intros _. destruct m as [|m].
  - exists 0%nat. split; [lia|]. intros l Hl. assert (l = 0%nat) by lia. subst. lra.
  - destruct IH as [j [Hj H]]; [lia|]. destruct (Qlt_le_dec (f j) (f (S m))) as [Hlt|Hle].
    + exists (S m). split; [lia|]. intros l Hl. destruct (Nat.eq_dec l (S m)) as [->|]; [lra|].
      assert (f l <= f j) by (apply H; lia). lra.
    + exists j. split; [lia|]. intros l Hl. destruct (Nat.eq_dec l (S m)) as [->|]; [assumption|].
      apply H; lia.
Qed.

Definition weight Y i j : Q := (if attends_b Y i j then 1 else 0) / number Y i.

Lemma number_pos Y i : (i < n)%nat -> 0 < number Y i.
Proof.
  intros Hi. destruct (argmax n (fun l => form (Y i) (Y l))) as [j [Hj H]]; [lia|].
  unfold number, Dynamics.number. apply sum_pos with (i := j); [|assumption|].
  - intros l _. destruct (Dynamics.attends_b s Y i l); lra.
  - replace (Dynamics.attends_b s Y i j) with true; [lra|].
    symmetry. apply attends_spec; [assumption|]. split; assumption.
Qed.

Lemma weight_convex Y i : (i < n)%nat -> convex n (weight Y i).
Proof.
  intros Hi. pose proof (number_pos Y i Hi) as Hp. split.
  - intros j _. unfold weight. apply Qle_shift_div_l; [assumption|].
    destruct (attends_b Y i j); lra.
  - unfold weight.
    rewrite (sum_ext n _ (fun j => (if attends_b Y i j then 1 else 0) * / number Y i)) by (intros; reflexivity).
    rewrite sum_scal_r. fold (number Y i). unfold number, Dynamics.number in *. field. lra.
Qed.

Lemma weight_attends Y i j : (i < n)%nat -> (j < n)%nat ->
  (0 < weight Y i j <-> attends Y i j).
Proof.
  intros Hi Hj. pose proof (number_pos Y i Hi) as Hp. rewrite <- attends_spec by assumption.
  unfold weight. destruct (attends_b Y i j).
  - split; intros H; [reflexivity|]. apply Qlt_shift_div_l; [assumption|lra].
  - split; intros H; [|discriminate]. exfalso.
    assert (0 / number Y i == 0) by (field; lra). lra.
Qed.

Lemma attended_weight Y i : (i < n)%nat ->
  same (attended Y i) (fun r => sum n (fun j => weight Y i j * Y j r)).
Proof.
  intros Hi r _. pose proof (number_pos Y i Hi) as Hp.
  unfold attended, Dynamics.attended. unfold Qdiv. rewrite <- sum_scal_r. apply sum_ext.
  intros j _. unfold weight. change (Dynamics.attends_b s Y i j) with (attends_b Y i j).
  change (Dynamics.number s Y i) with (number Y i).
  destruct (attends_b Y i j); field; lra.
Qed.

Lemma dot_attended u Y i : (i < n)%nat ->
  dot u (attended Y i) == sum n (fun j => weight Y i j * dot u (Y j)).
Proof.
  intros Hi. rewrite <- dot_sum. apply dot_ext; [apply same_refl|apply attended_weight, Hi].
Qed.

Lemma dot_attended_le u Y i M : (i < n)%nat -> (forall j, (j < n)%nat -> dot u (Y j) <= M) ->
  dot u (attended Y i) <= M.
Proof.
  intros Hi H. rewrite dot_attended by assumption.
  apply mean_le; [apply weight_convex, Hi|]. auto.
Qed.

(* <A z_i, c_i> is the largest score *)
Lemma attended_max Y i : (i < n)%nat ->
  forall l, (l < n)%nat -> form (Y i) (Y l) <= form (Y i) (attended Y i).
Proof.
  intros Hi l Hl. unfold form, Dynamics.form. rewrite dot_attended by assumption.
  apply mean_ge; [apply weight_convex, Hi|].
  intros j Hj Hp. apply weight_attends in Hp; [|assumption..]. apply Hp, Hl.
Qed.

Lemma form_attended_le Y i x j : (j < n)%nat ->
  (forall l, (l < n)%nat -> form x (Y l) <= form x (Y i)) -> form x (attended Y j) <= form x (Y i).
Proof. intros Hj H. apply dot_attended_le; assumption. Qed.

Lemma form_step u Y i : form u (step Y i) == (1 - tau) * form u (Y i) + tau * form u (attended Y i).
Proof.
  rewrite <- form_lin_r. apply form_ext; [apply same_refl|].
  intros r _. unfold step, Dynamics.step. fold tau attended. ring.
Qed.

Lemma alone Y i : (i < n)%nat -> (forall j, (j < n)%nat -> (attends Y i j <-> j = i)) ->
  same (attended Y i) (Y i).
Proof.
  intros Hi H r Hr. rewrite (attended_weight Y i Hi r Hr).
  apply mean_eq; [apply weight_convex, Hi|]. intros j Hj Hp.
  apply weight_attends in Hp; [|assumption..]. apply H in Hp; [|assumption]. subst. reflexivity.
Qed.

Lemma step_alone Y i : (i < n)%nat -> (forall j, (j < n)%nat -> (attends Y i j <-> j = i)) ->
  same (step Y i) (Y i).
Proof.
  intros Hi H r Hr. unfold step, Dynamics.step. fold attended.
  rewrite (alone Y i Hi H r Hr). ring.
Qed.

Lemma leads_iff Y i : (i < n)%nat ->
  (forall j, (j < n)%nat -> (attends Y i j <-> j = i)) <->
  (forall j, (j < n)%nat -> j <> i -> form (Y i) (Y j) < form (Y i) (Y i)).
Proof.
  intros Hi. split.
  - intros H j Hj Hne. destruct (Qlt_le_dec (form (Y i) (Y j)) (form (Y i) (Y i))) as [|Hle]; [assumption|].
    exfalso. apply Hne, H; [assumption|]. split; [assumption|]. intros l Hl.
    assert (attends Y i i) as [_ Ha] by (apply H; auto). specialize (Ha l Hl). lra.
  - intros H j Hj. split.
    + intros [_ Ha]. destruct (Nat.eq_dec j i) as [|Hne]; [assumption|].
      specialize (Ha i Hi). specialize (H j Hj Hne). lra.
    + intros ->. split; [assumption|]. intros l Hl.
      destruct (Nat.eq_dec l i) as [->|Hne]; [lra|]. specialize (H l Hl Hne). lra.
Qed.

(* -- convex-step -- *)
(* FORMAT.md, lemma convex-step *)
Lemma convex_step Y x : 0 <= tau -> tau <= 1 -> hull s (step Y) x -> hull s Y x.
Proof.
  intros H0 H1 [w [[Hw Hs] Hx]].
  exists (fun j => sum n (fun i => w i * ((1 - tau) * (if Nat.eqb i j then 1 else 0) + tau * weight Y i j))).
  assert (E : forall v : nat -> Q, sum n (fun j => sum n (fun i =>
      w i * ((1 - tau) * (if Nat.eqb i j then 1 else 0) + tau * weight Y i j)) * v j)
    == sum n (fun i => w i * ((1 - tau) * v i + tau * sum n (fun j => weight Y i j * v j)))).
  { intros v. rewrite (sum_ext n _ (fun j => sum n (fun i => w i * ((1 - tau) * (if Nat.eqb i j then 1 else 0) + tau * weight Y i j) * v j)))
      by (intros; rewrite sum_scal_r; reflexivity).
    rewrite sum_swap. apply sum_ext. intros i Hi.
    rewrite (sum_ext n _ (fun j => w i * ((1 - tau) * ((if Nat.eqb i j then 1 else 0) * v j) + tau * (weight Y i j * v j))))
      by (intros; ring).
    rewrite sum_scal, sum_plus, !sum_scal.
    rewrite (sum_single n (fun j => (if Nat.eqb i j then 1 else 0) * v j) i Hi).
    - rewrite Nat.eqb_refl. ring.
    - intros j _ Hne. replace (Nat.eqb i j) with false by (symmetry; apply Nat.eqb_neq; auto). ring. }
  split; [split|].
  - intros j Hj. apply sum_nonneg. intros i Hi.
    destruct (weight_convex Y i Hi) as [Hc _]. specialize (Hc j Hj). specialize (Hw i Hi).
    apply Qmult_le_0_compat; [assumption|]. destruct (Nat.eqb i j); nra.
  - specialize (E (fun _ => 1)). simpl in E.
    rewrite (sum_ext n _ (fun j => sum n (fun i =>
      w i * ((1 - tau) * (if Nat.eqb i j then 1 else 0) + tau * weight Y i j)) * 1)) by (intros; ring).
    rewrite E. rewrite <- Hs. apply sum_ext. intros i Hi.
    rewrite (sum_ext n _ (weight Y i)) by (intros; ring).
    destruct (weight_convex Y i Hi) as [_ Hc]. rewrite Hc. ring.
  - intros r Hr. rewrite (Hx r Hr), E. apply sum_ext. intros i Hi.
    rewrite <- (attended_weight Y i Hi r Hr). unfold step, Dynamics.step. fold attended. ring.
Qed.

(* -- norm-growth -- *)
Lemma norm_growth_step Y i : symmetric s -> 0 <= tau -> (i < n)%nat ->
  form (Y i) (Y i) + tau * tau * form (fun r => 1 * attended Y i r + -1 * Y i r) (fun r => 1 * attended Y i r + -1 * Y i r)
    <= form (step Y i) (step Y i).
Proof.
  intros Hsym Ht Hi.
  pose proof (attended_max Y i Hi i Hi) as Hm.
  rewrite form_step, (form_symmetric Hsym (step Y i) (Y i)), (form_symmetric Hsym (step Y i) (attended Y i)), !form_step.
  rewrite form_lin_r, !form_lin_l.
  rewrite (form_symmetric Hsym (attended Y i) (Y i)). nra.
Qed.

(* FORMAT.md, lemma norm-growth *)
Lemma norm_growth_lemma : symmetric s -> positive_definite s -> 0 <= tau -> norm_growth s None.
Proof.
  intros Hsym Hpd Ht k i _ Hi. simpl Dynamics.run. fold step.
  pose proof (norm_growth_step (run k) i Hsym Ht Hi) as H.
  set (w := fun r => 1 * attended (run k) i r + -1 * run k i r) in *.
  assert (Hsd : 0 <= form w w /\ (form w w == 0 -> same w (fun _ => 0))).
  { assert (Hdec : same w (fun _ => 0) \/ ~ same w (fun _ => 0)).
    { unfold same, Dynamics.same. induction d as [|m [IH|IH]].
      - left. intros; lia.
      - destruct (Qeq_dec (w m) 0) as [E|E].
        + left. intros r Hr. destruct (Nat.eq_dec r m) as [->|]; [assumption|]. apply IH. lia.
        + right. intros K. apply E, K. lia.
      - right. intros K. apply IH. intros r Hr. apply K. lia. }
    destruct Hdec as [E|E].
    - split; [|auto]. rewrite (form_ext _ _ _ _ E E).
      unfold form, Dynamics.form. unfold Dynamics.dot. rewrite sum_0; [lra|]. intros; ring.
    - specialize (Hpd w E). split; [lra|]. intros K. rewrite K in Hpd. lra. }
  destruct Hsd as [Hn Hz].
  assert (Hp : 0 <= tau * tau * form w w) by (apply Qmult_le_0_compat; [nra|assumption]).
  split; [lra|]. intros Heq.
  assert (Hq : tau * tau * form w w == 0) by lra.
  destruct (Qeq_dec tau 0) as [E|E].
  - intros r _. unfold step, Dynamics.step. fold tau. rewrite E. ring.
  - assert (E2 : form w w == 0).
    { apply Qmult_integral in Hq. destruct Hq as [Hq|Hq]; [|assumption].
      apply Qmult_integral in Hq. tauto. }
    specialize (Hz E2). intros r Hr. specialize (Hz r Hr). unfold w in Hz.
    unfold step, Dynamics.step. fold tau attended. nra.
Qed.

(* -- leaders-persist -- *)
Lemma leads_step Y i : 0 <= tau -> tau < 1 -> (i < n)%nat ->
  (forall j, (j < n)%nat -> (attends Y i j <-> j = i)) ->
  (forall j, (j < n)%nat -> (attends (step Y) i j <-> j = i)).
Proof.
  intros H0 H1 Hi H. pose proof (step_alone Y i Hi H) as Hrest.
  apply (leads_iff (step Y) i Hi). intros j Hj Hne.
  pose proof (proj1 (leads_iff Y i Hi) H) as Hlt.
  rewrite (form_ext _ _ _ _ Hrest Hrest), (form_ext _ _ (step Y j) (step Y j) Hrest (same_refl _)).
  rewrite form_step.
  assert (form (Y i) (attended Y j) <= form (Y i) (Y i)).
  { apply form_attended_le; [assumption|]. intros l Hl.
    destruct (Nat.eq_dec l i) as [->|N]; [lra|]. specialize (Hlt l Hl N). lra. }
  specialize (Hlt j Hj Hne). nra.
Qed.

(* FORMAT.md, lemma leaders-persist *)
Lemma leaders_persist_lemma : 0 <= tau -> tau < 1 -> leaders_persist s None.
Proof.
  intros H0 H1 k m i Hkm _ Hi Hl. induction Hkm as [|m Hkm [IHl IHs]].
  - split; [assumption|apply same_refl].
  - split.
    + exact (leads_step (run m) i H0 H1 Hi IHl).
    + apply same_trans with (run m i); [|assumption]. exact (step_alone (run m) i Hi IHl).
Qed.

(* -- no-collision -- *)
Lemma no_collision_step Y i j : 0 <= tau -> tau < 1 -> positive_semidefinite s ->
  (i < n)%nat -> (j < n)%nat -> same (step Y i) (step Y j) -> same (Y i) (Y j).
Proof.
  intros H0 H1 Hsd Hi Hj H.
  set (w := fun r => 1 * Y i r + -1 * Y j r).
  set (e := fun r => 1 * attended Y i r + -1 * attended Y j r).
  assert (Hwe : forall r, (r < d)%nat -> (1 - tau) * w r + tau * e r == 0).
  { intros r Hr. specialize (H r Hr). unfold step, Dynamics.step in H. fold tau attended in H.
    unfold w, e. lra. }
  assert (Hw0 : forall u, (1 - tau) * form u w + tau * form u e == 0).
  { intros u. rewrite <- form_lin_r. unfold form, Dynamics.form, Dynamics.dot. apply sum_0.
    intros r Hr. rewrite (Hwe r Hr). ring. }
  assert (Hmi : forall x, form x e == form x (attended Y i) - form x (attended Y j)).
  { intros x. unfold e. rewrite form_lin_r. ring. }
  assert (Hmax : forall a b, (a < n)%nat -> (b < n)%nat ->
     form (Y a) (attended Y b) <= form (Y a) (attended Y a)).
  { intros a b Ha Hb. apply dot_attended_le; [assumption|]. intros l Hl. apply attended_max; assumption. }
  pose proof (Hmax i j Hi Hj) as Hij. pose proof (Hmax j i Hj Hi) as Hji.
  assert (Hfw : form w e == form (Y i) e - form (Y j) e) by (unfold w; rewrite form_lin_l; ring).
  pose proof (Hw0 w) as Hww. pose proof (Hsd w) as Hn. change (Dynamics.form s w w) with (form w w) in Hn.
  pose proof (Hmi (Y i)) as Hi2. pose proof (Hmi (Y j)) as Hj2.
  assert (Hpos : 0 <= form w e) by lra.
  assert (Hz : tau * (form w e) == 0).
  { assert (0 <= tau * form w e) by (apply Qmult_le_0_compat; assumption).
    assert (0 <= (1 - tau) * form w w) by (apply Qmult_le_0_compat; [lra|assumption]). lra. }
  destruct (Qeq_dec tau 0) as [E|E].
  { intros r Hr. specialize (Hwe r Hr). rewrite E in Hwe. unfold w in Hwe. lra. }
  assert (He : form w e == 0) by (apply Qmult_integral in Hz; tauto).
  assert (Ei : form (Y i) (attended Y j) == form (Y i) (attended Y i)) by lra.
  assert (Ej : form (Y j) (attended Y i) == form (Y j) (attended Y j)) by lra.
  assert (Hsub : forall a b, (a < n)%nat -> (b < n)%nat -> form (Y a) (attended Y b) == form (Y a) (attended Y a) ->
     forall l, (l < n)%nat -> attends Y b l -> attends Y a l).
  { intros a b Ha Hb Hab l Hl Hat. apply weight_attends in Hat; [|assumption..].
    assert (Hv : form (Y a) (Y l) == form (Y a) (attended Y a)).
    { unfold form, Dynamics.form in Hab. rewrite (dot_attended _ Y b Hb) in Hab.
      apply (mean_tight n (weight Y b) (fun l => form (Y a) (Y l))); try assumption.
      - apply weight_convex, Hb.
      - intros j0 Hj0. apply attended_max; assumption.
      - unfold form, Dynamics.form. change (Dynamics.dot s) with dot. change (Dynamics.image s) with image. lra. }
    split; [assumption|]. intros l' Hl'. rewrite Hv. apply attended_max; assumption. }
  assert (Hb : forall l, (l < n)%nat -> attends_b Y i l = attends_b Y j l).
  { intros l Hl. apply eq_true_iff_eq. rewrite !attends_spec by assumption.
    split; apply Hsub; assumption. }
  assert (Hc : forall r, (r < d)%nat -> e r == 0).
  { intros r Hr. unfold e. assert (attended Y i r == attended Y j r); [|lra].
    unfold attended, Dynamics.attended. assert (Dynamics.number s Y i == Dynamics.number s Y j) as ->.
    - apply sum_ext. intros l Hl. rewrite (Hb l Hl). reflexivity.
    - unfold Qdiv. apply Qmult_comp; [|reflexivity]. apply sum_ext. intros l Hl. rewrite (Hb l Hl). reflexivity. }
  intros r Hr. specialize (Hwe r Hr). rewrite (Hc r Hr) in Hwe. unfold w in Hwe. nra.
Qed.

(* FORMAT.md, lemma no-collision *)
Lemma no_collision : 0 <= tau -> tau < 1 -> positive_semidefinite s -> distinctness_preserved s None.
Proof.
  intros H0 H1 Hsd k i j _ Hi Hj Hne Heq. apply Hne.
  exact (no_collision_step (run k) i j H0 H1 Hsd Hi Hj Heq).
Qed.

(* -- leader-exposed -- *)
Definition exposes (f : vector) (Y : state) (i : nat) : Prop :=
  forall j, (j < n)%nat -> ~ same (Y j) (Y i) -> dot f (Y j) < dot f (Y i).

Lemma same_dec x y : same x y \/ ~ same x y.
Proof.
  unfold same, Dynamics.same. induction d as [|m [IH|IH]].
  - left. intros; lia.
  - destruct (Qeq_dec (x m) (y m)) as [E|E].
    + left. intros r Hr. destruct (Nat.eq_dec r m) as [->|]; [assumption|]. apply IH. lia.
    + right. intros K. apply E, K. lia.
  - right. intros K. apply IH. intros r Hr. apply K. lia.
Qed.

Lemma exposed_max f Y i x : exposes f Y i -> hull s Y x ->
  dot f x <= dot f (Y i) /\ (dot f x == dot f (Y i) -> same x (Y i)).
Proof.
  intros He [w [Hw Hx]].
  assert (Ed : dot f x == sum n (fun j => w j * dot f (Y j))).
  { rewrite <- dot_sum. apply dot_ext; [apply same_refl|exact Hx]. }
  assert (Hle : forall j, (j < n)%nat -> dot f (Y j) <= dot f (Y i)).
  { intros j Hj. destruct (same_dec (Y j) (Y i)) as [S|S].
    - rewrite (dot_ext f f _ _ (same_refl f) S). lra.
    - specialize (He j Hj S). lra. }
  split.
  - rewrite Ed. apply mean_le; auto.
  - intros Heq r Hr. rewrite (Hx r Hr). apply mean_eq; [assumption|]. intros j Hj Hp.
    assert (Ht : dot f (Y j) == dot f (Y i)).
    { apply (mean_tight n w (fun j => dot f (Y j))); auto. lra. }
    destruct (same_dec (Y j) (Y i)) as [S|S]; [apply S, Hr|].
    specialize (He j Hj S). lra.
Qed.

Lemma hull_member Y i : (i < n)%nat -> hull s Y (Y i).
Proof.
  intros Hi. exists (fun j => if Nat.eqb j i then 1 else 0). split; [split|].
  - intros j _. destruct (Nat.eqb j i); lra.
  - rewrite (sum_single n _ i Hi); [rewrite Nat.eqb_refl; reflexivity|].
    intros j _ Hne. apply Nat.eqb_neq in Hne. rewrite Hne. reflexivity.
  - intros r _. rewrite (sum_single n _ i Hi); [rewrite Nat.eqb_refl; ring|].
    intros j _ Hne. apply Nat.eqb_neq in Hne. rewrite Hne. ring.
Qed.

Lemma exposed_extreme f Y i : (i < n)%nat -> exposes f Y i -> extreme s Y (Y i).
Proof.
  intros Hi He. split; [apply hull_member, Hi|]. intros y z t Hy Hz H0 H1 Hc.
  destruct (exposed_max f Y i y He Hy) as [Ly Ey]. destruct (exposed_max f Y i z He Hz) as [Lz Ez].
  pose proof (dot_ext f f _ _ (same_refl f) Hc) as E. rewrite dot_lin_r in E.
  split; [apply Ey|apply Ez]; nra.
Qed.

Lemma exposed_step Y i : 0 <= tau -> tau <= 1 -> (i < n)%nat -> exposes (image (Y i)) Y i ->
  same (step Y i) (Y i) /\ exposes (image (Y i)) (step Y) i.
Proof.
  intros H0 H1 Hi He.
  assert (Hat : same (attended Y i) (Y i)).
  { intros r Hr. rewrite (attended_weight Y i Hi r Hr). apply mean_eq; [apply weight_convex, Hi|].
    intros j Hj Hp. apply weight_attends in Hp; [|assumption..]. destruct Hp as [_ Hp].
    destruct (same_dec (Y j) (Y i)) as [S|S]; [apply S, Hr|]. exfalso.
    specialize (Hp i Hi). specialize (He j Hj S). unfold Dynamics.form in Hp.
    change (Dynamics.dot s) with dot in Hp. change (Dynamics.image s) with image in Hp. lra. }
  assert (Hrest : same (step Y i) (Y i)).
  { intros r Hr. unfold step, Dynamics.step. fold attended. rewrite (Hat r Hr). ring. }
  split; [assumption|]. intros j Hj Hne.
  assert (Hin : hull s Y (step Y j)).
  { apply convex_step; [assumption..|]. exact (hull_member (step Y) j Hj). }
  destruct (exposed_max (image (Y i)) Y i (step Y j) He Hin) as [Hle Heq].
  rewrite (dot_ext _ _ (step Y i) (Y i) (same_refl _) Hrest).
  destruct (Qlt_le_dec (dot (image (Y i)) (step Y j)) (dot (image (Y i)) (Y i))) as [|Hge]; [assumption|].
  exfalso. apply Hne. apply same_trans with (Y i); [apply Heq; lra|apply same_sym; assumption].
Qed.

Lemma exposes_ext f g Y i : same f g -> exposes f Y i -> exposes g Y i.
Proof.
  intros S He j Hj Hne. specialize (He j Hj Hne).
  rewrite (dot_ext _ _ _ _ S (same_refl (Y j))) in He. rewrite (dot_ext _ _ _ _ S (same_refl (Y i))) in He. exact He.
Qed.

(* FORMAT.md, lemma leader-exposed *)
Lemma leader_exposed k m i : 0 <= tau -> tau <= 1 -> (k <= m)%nat -> (i < n)%nat ->
  leader s k i -> same (run m i) (run k i) /\ exposes (image (run k i)) (run m) i.
Proof.
  intros H0 H1 Hkm Hi Hl. induction Hkm as [|m Hkm [IHs IHe]].
  - split; [apply same_refl|]. intros j Hj Hne.
    destruct (Nat.eq_dec j i) as [->|N]; [exfalso; apply Hne, same_refl|].
    exact (proj1 (leads_iff (run k) i Hi) Hl j Hj N).
  - pose proof (image_ext _ _ IHs) as Si.
    destruct (exposed_step (run m) i H0 H1 Hi (exposes_ext _ _ _ _ (same_sym _ _ Si) IHe)) as [Hs He].
    split; [exact (same_trans _ _ _ Hs IHs)|]. exact (exposes_ext _ _ _ _ Si He).
Qed.

Lemma leaders_extreme_lemma : 0 <= tau -> tau <= 1 -> leaders_extreme s None.
Proof.
  intros H0 H1 k m i Hkm _ Hi Hl. apply (exposed_extreme (image (run k i))); [assumption|].
  exact (proj2 (leader_exposed k m i H0 H1 Hkm Hi Hl)).
Qed.

(* -- lock-in -- *)
Lemma lock_in_step Y p i : 0 <= tau -> tau < 1 -> (p < n)%nat -> (i < n)%nat ->
  (forall j, (j < n)%nat -> (attends Y p j <-> j = p)) ->
  (forall j, (j < n)%nat -> (attends Y i j <-> j = p)) ->
  (forall j, (j < n)%nat -> (attends (step Y) i j <-> j = p)) /\
  (forall r, (r < d)%nat -> step Y i r - Y p r == (1 - tau) * (Y i r - Y p r)).
Proof.
  intros H0 H1 Hp Hi Hlp Hli.
  assert (Hc : same (attended Y i) (Y p)).
  { intros r Hr. rewrite (attended_weight Y i Hi r Hr).
    apply mean_eq; [apply weight_convex, Hi|]. intros j Hj Hpos.
    apply weight_attends in Hpos; [|assumption..]. apply Hli in Hpos; [|assumption]. subst. reflexivity. }
  assert (Hstep : same (step Y i) (fun r => (1 - tau) * Y i r + tau * Y p r)).
  { intros r Hr. unfold step, Dynamics.step. fold tau attended. rewrite (Hc r Hr). ring. }
  assert (Hmax : forall x, form (step Y i) x == (1 - tau) * form (Y i) x + tau * form (Y p) x).
  { intros x. rewrite (form_ext _ _ x x Hstep (same_refl x)). apply form_lin_l. }
  assert (Hlt : forall l, (l < n)%nat -> l <> p -> form (step Y i) (Y l) < form (step Y i) (Y p)).
  { intros l Hl Hne. rewrite !Hmax.
    pose proof (proj1 (leads_iff Y p Hp) Hlp l Hl Hne).
    assert (form (Y i) (Y l) < form (Y i) (Y p)).
    { destruct (Qlt_le_dec (form (Y i) (Y l)) (form (Y i) (Y p))) as [|Hle]; [assumption|].
      exfalso. apply Hne, Hli; [assumption|]. split; [assumption|]. intros l' Hl'.
      assert (attends Y i p) as [_ Ha] by (apply Hli; auto). specialize (Ha l' Hl'). lra. }
    nra. }
  pose proof (step_alone Y p Hp Hlp) as Hrest.
  assert (Hlt2 : forall j, (j < n)%nat -> j <> p -> form (step Y i) (step Y j) < form (step Y i) (step Y p)).
  { intros j Hj Hne. rewrite (form_ext _ _ _ _ (same_refl (step Y i)) Hrest), form_step.
    assert (form (step Y i) (attended Y j) <= form (step Y i) (Y p)).
    { apply form_attended_le; [assumption|]. intros l Hl.
      destruct (Nat.eq_dec l p) as [->|N]; [lra|]. specialize (Hlt l Hl N). lra. }
    specialize (Hlt j Hj Hne). nra. }
  split.
  - intros j Hj. split.
    + intros [_ Ha]. destruct (Nat.eq_dec j p) as [|N]; [assumption|].
      specialize (Ha p Hp). specialize (Hlt2 j Hj N). lra.
    + intros ->. split; [assumption|]. intros l Hl.
      destruct (Nat.eq_dec l p) as [->|N]; [lra|]. specialize (Hlt2 l Hl N). lra.
  - intros r Hr. rewrite (Hstep r Hr). ring.
Qed.

(* FORMAT.md, lemma lock-in *)
Lemma lock_in m k l p i : 0 <= tau -> tau < 1 -> (m <= k)%nat -> (k <= l)%nat -> (p < n)%nat -> (i < n)%nat ->
  leader s m p -> (forall j, (j < n)%nat -> (attends (run k) i j <-> j = p)) ->
  (forall j, (j < n)%nat -> (attends (run l) i j <-> j = p)) /\
  (forall r, (r < d)%nat -> run l i r - run k p r == pow (1 - tau) (l - k) * (run k i r - run k p r)).
Proof.
  intros H0 H1 Hmk Hkl Hp Hi Hlp Hli.
  destruct (leaders_persist_lemma H0 H1 m k p Hmk I Hp Hlp) as [Hlk _].
  induction Hkl as [|l Hkl [IHa IHz]].
  - split; [assumption|]. intros r _. rewrite Nat.sub_diag. simpl. ring.
  - destruct (leaders_persist_lemma H0 H1 k l p Hkl I Hp Hlk) as [Hll Hpl].
    destruct (lock_in_step (run l) p i H0 H1 Hp Hi Hll IHa) as [Ha Hz]. split; [exact Ha|].
    intros r Hr. specialize (Hz r Hr). specialize (IHz r Hr).
    change (run (S l)) with (step (run l)).
    rewrite (Hpl r Hr) in Hz. rewrite Hz, IHz.
    replace (S l - k)%nat with (S (l - k)) by lia. simpl. ring.
Qed.
End Lemmas.

Lemma form_zero s x y : same s x (fun _ => 0) -> form s x y == 0.
Proof.
  intros E. rewrite (form_ext s _ _ _ _ E (same_refl s y)), form_double.
  apply sum_0. intros r _. apply sum_0. intros t _. ring.
Qed.
